"""What is known of a quadratic before any run: rates, exact laws of noise, the verdict."""
