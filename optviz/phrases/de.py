"""German. A name that is followed by a colon needs no case, and numbers keep their points."""

NAMES = {
    "Averaged SGD": "Gemitteltes SGD",
    "Averaging": "Mittelung",
    "Chebyshev's method": "Tschebyschow-Verfahren",
    "Conjugate gradients": "CG-Verfahren",
    "Full-matrix AdaGrad": "AdaGrad mit voller Matrix",
    "Gradient descent": "Gradientenabstieg",
    "Jacobi": "Jacobi-Verfahren",
    "Newton": "Newton-Verfahren",
    "Trust region": "Vertrauensbereich",
    "Nonlinear conjugate gradients": "Nichtlineares CG-Verfahren",
    "Occurrence counter": "Häufigkeitszähler",
    "Optimistic Adam": "Optimistisches Adam",
    "Optimistic gradient descent": "Optimistischer Gradientenabstieg",
    "Polyak step": "Polyak-Schritt",
    "Quasi-hyperbolic momentum": "Quasihyperbolisches Momentum",
    "Sign descent": "Vorzeichenabstieg",
    "Steepest descent": "Steilster Abstieg",
    "Uniform decay": "Gleichmäßiger Abfall",
}

EQUATIONS = {
    "Δₜ₊₁ = Δₜ/4 if ρₜ < ¼, min(2Δₜ, Δmax) if ρₜ > ¾ and ‖pₜ‖ = Δₜ, else Δₜ": (
        "Δₜ₊₁ = Δₜ/4 falls ρₜ < ¼, min(2Δₜ, Δmax) falls ρₜ > ¾ und ‖pₜ‖ = Δₜ, sonst Δₜ"
    ),
    "θₜ = θₜ₋₁ − one step of the rule within, with the gradient at θₜ₋₁": (
        "θₜ = θₜ₋₁ − ein Schritt der inneren Regel mit dem Gradienten bei θₜ₋₁"
    ),
    "sₜ = the first of s₀, ρs₀, ρ²s₀, … with f(xₜ₋₁−sgₜ) ≤ f(xₜ₋₁) − c₁ s gₜᵀgₜ": (
        "sₜ = das erste von s₀, ρs₀, ρ²s₀, … mit f(xₜ₋₁−sgₜ) ≤ f(xₜ₋₁) − c₁ s gₜᵀgₜ"
    ),
    "m̂ₜ, v̂ₜ as Adam;  uₜ = m̂ₜ/(√v̂ₜ+ε) + λ xₜ₋₁": ("m̂ₜ, v̂ₜ wie bei Adam;  uₜ = m̂ₜ/(√v̂ₜ+ε) + λ xₜ₋₁"),
    "the last m of them": "die letzten m davon",
    "dₜ = Hₜgₜ, where Hₜ is γI updated as in BFGS by each pair in turn": (
        "dₜ = Hₜgₜ, wobei Hₜ aus γI durch jedes Paar nacheinander wie bei BFGS entsteht"
    ),
    "θₜ = xₜ₋₁ − one step of the rule within": "θₜ = xₜ₋₁ − ein Schritt der inneren Regel",
    "φₜ = φₜ₋₁ + α (θₜ − φₜ₋₁) and xₜ = φₜ every k-th step, else xₜ = θₜ": (
        "φₜ = φₜ₋₁ + α (θₜ − φₜ₋₁) und xₜ = φₜ in jedem k-ten Schritt, sonst xₜ = θₜ"
    ),
    "βₜ = gₜᵀgₜ / gₜ₋₁ᵀgₜ₋₁  or  max(gₜᵀ(gₜ−gₜ₋₁) / gₜ₋₁ᵀgₜ₋₁, 0)": (
        "βₜ = gₜᵀgₜ / gₜ₋₁ᵀgₜ₋₁  oder  max(gₜᵀ(gₜ−gₜ₋₁) / gₜ₋₁ᵀgₜ₋₁, 0)"
    ),
    "m̂ₜ and v̂ₜ as Adam's": "m̂ₜ und v̂ₜ wie bei Adam",
    "m̂ₜ, v̂ₜ as Adam": "m̂ₜ, v̂ₜ wie bei Adam",
    "m̂ₜ and v̂ₜ as Adam's;  ρ∞ = 2/(1−β₂) − 1": "m̂ₜ und v̂ₜ wie bei Adam;  ρ∞ = 2/(1−β₂) − 1",
    "gₜ := 0 where gₜgₜ₋₁ < 0": "gₜ := 0, wo gₜgₜ₋₁ < 0",
}

CLAUSES = {
    "only η = 1 goes to the least of the model": "nur η = 1 führt zum Kleinsten des Modells",
    "on a quadratic the model is exact: done once the radius holds x*": (
        "auf einer Quadrik ist das Modell exakt: fertig, sobald der Radius x* umfasst"
    ),
    "as good as the two ends of the spectrum it is given are true": (
        "so gut, wie die beiden gegebenen Enden des Spektrums stimmen"
    ),
    "step {within} leaves at most {left} of the distance, and {steps} steps bring f − f* to "
    "{share}": (
        "nach Schritt {within} ist höchstens {left} des Abstands übrig, und {steps} Schritte "
        "bringen f − f* auf {share}"
    ),
    "done in {steps} step, as all curvatures are equal": (
        "fertig in {steps} Schritt, da alle Krümmungen gleich sind"
    ),
    "H comes near Q⁻¹ all the same": "H nähert sich trotzdem Q⁻¹",
    "Q is diagonal: each step leaves {kept} of every coordinate, and {share} of f − f* is left "
    "after step {steps}": (
        "Q ist diagonal: jeder Schritt lässt {kept} jeder Koordinate übrig, nach Schritt {steps} "
        "bleibt {share} von f − f*"
    ),
    "Q is not diagonal: its directions are the eigenvectors of diag(Q)⁻¹Q, not of Q, and their "
    "factors 1 − ημ with the eigenvalues μ of that, which lie about 1": (
        "Q ist nicht diagonal: die Richtungen sind die Eigenvektoren von diag(Q)⁻¹Q, nicht von Q, "
        "ihre Faktoren 1 − ημ mit dessen Eigenwerten μ, die um 1 liegen"
    ),
    "about {steps} steps to {share}": "bis {share} etwa {steps} Schritte",
    "as AdaGrad its rates only fall": "wie bei AdaGrad fallen die Lernraten nur",
    "comes near, then ends in a cycle of about {cycle} a coordinate: only a falling rate ends "
    "that": (
        "nähert sich und endet in einem Zyklus von etwa {cycle} je Koordinate: nur eine fallende "
        "Lernrate beendet das"
    ),
    "comes near, then ends in a two-cycle of half-width {cycle} about the minimum (η/2 is {half}), "
    "where f − f* is {rest} of the start's: only a falling rate ends that": (
        "nähert sich und endet in einem Zweierzyklus der halben Breite {cycle} um das Minimum "
        "(η/2 ist {half}), wo f − f* das {rest}-Fache des Startwerts ist: nur eine fallende "
        "Lernrate beendet das"
    ),
    "comes near, then goes on about the minimum at the scale of η = {eta}: only a falling rate "
    "ends that": (
        "nähert sich und pendelt in der Größenordnung η = {eta} um das Minimum: nur eine fallende "
        "Lernrate beendet das"
    ),
    "converges: ε lets no rate above {largest}, and 2/λ is {ceiling}": (
        "konvergiert: wegen ε ist keine Lernrate größer als {largest}, und 2/λ ist {ceiling}"
    ),
    "done in {dim} steps, but for rounding: as many as there are coordinates": (
        "bis auf Rundung am Ziel nach so vielen Schritten, wie es Koordinaten gibt: {dim}"
    ),
    "done in {steps} steps, but for rounding: as many as different curvatures take part": (
        "bis auf Rundung am Ziel nach so vielen Schritten, wie verschiedene Krümmungen "
        "mitwirken: {steps}"
    ),
    "each step leaves at most {kept} of f − f*, and step {most} at most {share}": (
        "jeder Schritt lässt höchstens {kept} von f − f* übrig, Schritt {most} höchstens {share}"
    ),
    "each step leaves {kept} of every coordinate": (
        "jeder Schritt lässt {kept} jeder Koordinate übrig"
    ),
    "each step leaves {kept} of the distance to x*": (
        "jeder Schritt lässt {kept} des Abstands zu x* übrig"
    ),
    "each step leaves {kept} of the distance to x*, whatever κ: {share} of f − f* is left after "
    "step {steps}": (
        "jeder Schritt lässt {kept} des Abstands zu x* übrig, gleich wie groß κ ist: nach Schritt "
        "{steps} bleibt {share} von f − f*"
    ),
    "f falls at every step at η = 1": "bei η = 1 fällt f in jedem Schritt",
    "f falls at every step at η = 1, at rates that the test lets through": (
        "bei η = 1 fällt f in jedem Schritt, mit Lernraten, die die Prüfung zulässt"
    ),
    "goes as conjugate gradients: done in {steps} steps at most": (
        "geht wie das CG-Verfahren: Schritte bis zum Ziel höchstens {steps}"
    ),
    "goes as conjugate gradients: done in {steps} steps at most, and H is Q⁻¹ then": (
        "geht wie das CG-Verfahren: Schritte bis zum Ziel höchstens {steps}, und dann ist H = Q⁻¹"
    ),
    "in {within} steps it travels about {travel} of {away}": (
        "in {within} Schritten legt es etwa {travel} von {away} zurück"
    ),
    "in {within} steps it travels about {travel} of {away}, and no more than η(2√{within}−1) = "
    "{farthest}: it cannot arrive": (
        "in {within} Schritten legt es etwa {travel} von {away} zurück, höchstens "
        "η(2√{within}−1) = {farthest}: es kann nicht ankommen"
    ),
    "it shrinks a coordinate below {ceiling}": "unter {ceiling} schrumpft eine Koordinate",
    "its lengths lie between {least} and {most}": (
        "die Lernraten liegen zwischen {least} und {most}"
    ),
    "its rates follow the gradients, so no formula tells where it ends": (
        "die Lernraten folgen den Gradienten, keine Formel sagt, wo es endet"
    ),
    "its rates keep to what the largest v allows, and no formula tells that": (
        "das größte v bestimmt die Lernraten, und keine Formel sagt es voraus"
    ),
    "its rates only fall, to the order of {settled}, and Q is not diagonal: no rate for each "
    "coordinate can undo that": (
        "die Lernraten fallen nur, in die Größenordnung {settled}, und Q ist nicht diagonal: "
        "Lernraten je Koordinate gleichen das nicht aus"
    ),
    "on a quadratic linear CG: done in {steps} steps at most": (
        "auf einer quadratischen Funktion das lineare CG-Verfahren: Schritte bis zum Ziel "
        "höchstens {steps}"
    ),
    "only η = 1 is an exact line search": "nur η = 1 ist eine exakte Liniensuche",
    "only η = 1 is an exact line search, and that keeps it conjugate": (
        "nur η = 1 ist eine exakte Liniensuche, die die Richtungen konjugiert hält"
    ),
    "only η = 1 keeps its directions conjugate": "nur η = 1 hält die Richtungen konjugiert",
    "settles at rates {settled}, where {needed} would be needed": (
        "bleibt bei Lernraten {settled}, nötig wären {needed}"
    ),
    "stable from about step {calm} on, once each rate is under 2/λ": (
        "stabil etwa ab Schritt {calm}, sobald jede Lernrate unter 2/λ liegt"
    ),
    "stable from about step {calm} on, once the rate is under 2/λmax": (
        "stabil etwa ab Schritt {calm}, sobald die Lernrate unter 2/λmax liegt"
    ),
    "stable from some step on, once each rate is under 2/λ": (
        "stabil, sobald jede Lernrate unter 2/λ liegt"
    ),
    "stable from some step on, once the rate is under 2/λmax": (
        "stabil, sobald die Lernrate unter 2/λmax liegt"
    ),
    "steps about η = {eta} long, so about {approach} of them to come near": (
        "die Schritte sind etwa η = {eta} lang, bis in die Nähe sind es also etwa {approach}"
    ),
    "steps from η = {eta} on, longer by {grow} each until a coordinate is past its minimum, then "
    "shorter by {shrink} at each turn: the gradient's size does not matter": (
        "die Schritte beginnen mit η = {eta} und wachsen um den Faktor {grow}, bis eine "
        "Koordinate ihr Minimum überschreitet, dann bei jeder Umkehr Faktor {shrink}: die Größe "
        "des Gradienten spielt keine Rolle"
    ),
    "steps of at most {d}·η = {eta} times the size of x, and shorter as 1/√t falls below η: no "
    "formula tells where it ends": (
        "die Schritte sind höchstens {d}·η = {eta} mal so lang wie x, und kürzer, wenn 1/√t "
        "unter η fällt: keine Formel sagt, wo es endet"
    ),
    "the rate of gradient descent, falling from {eta} to {last} in {within} steps": (
        "die Lernrate des Gradientenabstiegs, von {eta} auf {last} in {within} Schritten fallend"
    ),
    "then circles at the scale of η at most: v̂ forgets in {memory} steps, and its rates grow back "
    "to their ceilings {ceiling}": (
        "dann kreist es höchstens in der Größenordnung von η: v̂ vergisst in {memory} Schritten, "
        "und die Lernraten wachsen wieder bis an ihre Grenzen {ceiling}"
    ),
    "then it converges, for the sum of its rates has no bound": (
        "dann konvergiert es, denn die Summe der Lernraten ist unbeschränkt"
    ),
    "they do so along directions, so turning is nothing to it": (
        "sie fallen entlang von Richtungen, eine Drehung ändert also nichts"
    ),
    "this is a relaxed form of it": "dies ist eine abgeschwächte Form",
    "with η = 1 at most ((κ−1)/(κ+1))² of f − f* a step is left": (
        "mit η = 1 bleibt je Schritt höchstens ((κ−1)/(κ+1))² von f − f*"
    ),
    "with η in (0, 2) f falls at every step": "mit η in (0, 2) fällt f in jedem Schritt",
    "without memory it is steepest descent": "ohne Gedächtnis ist es der steilste Abstieg",
    "λ = {decay} pulls it off the minimum, towards 0": (
        "λ = {decay} zieht es vom Minimum weg, zur 0 hin"
    ),
}

PHRASES: dict[str, str | tuple[str, str]] = {
    "live play": "Abspielen",
    "live pause": "Pause",
    "live reset": "Zurücksetzen",
    "live fit": "Ansicht anpassen",
    "live paths": "Pfade mit ihren Starts",
    "live step": "Schritt",
    "live of": "Schritt {{step}} von {{last}}",
    "live at": "Schritt {{step}}",
    "live copy": "Befehl kopieren",
    "live copied": "Kopiert",
    "live overflow": "übergelaufen",
    "live hidden": "was nur für die getippten Einstellungen und Starts gilt, ist nun verborgen",
    "live below": "f ist unter f* gefallen, das Kleinste, was von den "
    "getippten Läufen bekannt war: f − f* hat dort eine Lücke",
    "live apart": "kein Befehl hat Optimierer mit je eigenen Startpunkten",
    "live untyped": "dieser Optimierer lässt sich nicht mit anderen Einstellungen tippen",
    "live every": "einer von {{every}} Schritten ist aufgezeichnet",
    "live start": "Start des Pfades; Pfeiltasten bewegen ihn",
    "language": "Deutsch",
    # Words of every figure
    "start": "Start",
    "minimum": "Minimum",
    "maximum": "Maximum",
    "saddle": "Sattelpunkt",
    "flat": "",
    "count minimum": ("{count} Minimum", "{count} Minima"),
    "count maximum": ("{count} Maximum", "{count} Maxima"),
    "count saddle": ("{count} Sattelpunkt", "{count} Sattelpunkte"),
    "stationary in view": "Im Bild: {points}.",
    "counter": "Schritt {step}",
    "counter_with_value": "Schritt {step}   f = {value}",
    "steps": ("{count} Schritt", "{count} Schritte"),
    "steps after": ("{count} Schritt", "{count} Schritten"),
    # learning rates against the step
    "and": "{first} und {last}",
    "possessive": "{name}:",
    "possessive of s": "{name}:",
    "at step": "Schritt {step}",
    "at steps": ("in Schritt {steps}", "in den Schritten {steps}"),
    "first at step": "erstmals in Schritt {step}",
    "coordinates": ("{count} Koordinate", "{count} Koordinaten"),
    "all coordinates": "alle Koordinaten",
    "fastest": "{name} (am schnellsten)",
    "slowest": "{name} (am langsamsten)",
    "ceiling": "Grenze {formula} = {value}",
    "ceiling of coordinate": "Grenze von {name}, {formula} = {value}",
    "ceiling of coordinate, short": "Grenze von {name}, {value}",
    "ceilings": ("Grenze {values}", "Grenzen {values}"),
    "of optimizer": "{name}: {text}",
    "grows above ceiling": "über der Grenze wächst {name}",
    "grows above ceiling, any": "über ihrer Grenze wächst eine Koordinate",
    "rate crosses ceiling": "{whose} Lernrate überschreitet ihre Grenze {at}",
    "rate crosses ceilings of": (
        "{whose} Lernrate überschreitet die Grenze von {names} {at}",
        "{whose} Lernrate überschreitet die Grenzen von {names} {at}",
    ),
    "rates cross ceilings": "{whose} Lernraten überschreiten ihre Grenzen {at}",
    "rates of cross ceilings": (
        "{whose} Lernrate von {names} überschreitet ihre Grenze {at}",
        "{whose} Lernraten von {names} überschreiten ihre Grenzen {at}",
    ),
    "rate above ceiling": "{whose} Lernrate bleibt über ihrer Grenze",
    "rate above ceilings of": (
        "{whose} Lernrate bleibt über der Grenze von {names}",
        "{whose} Lernrate bleibt über den Grenzen von {names}",
    ),
    "rates of above ceilings": (
        "{whose} Lernrate von {names} bleibt über ihrer Grenze",
        "{whose} Lernraten von {names} bleiben über ihren Grenzen",
    ),
    "rates only fall": ("{whose} Lernrate fällt nur", "{whose} Lernraten fallen nur"),
    "rate below ceilings": (
        "{whose} Lernrate bleibt unter ihrer Grenze",
        "{whose} Lernrate bleibt unter ihren Grenzen",
    ),
    "rates below ceilings": (
        "{whose} Lernraten bleiben unter ihrer Grenze",
        "{whose} Lernraten bleiben unter ihren Grenzen",
    ),
    "rates below the ceiling": (
        "{whose} Lernrate bleibt unter der Grenze",
        "{whose} Lernraten bleiben unter der Grenze",
    ),
    "rates of": "{quantity} von {names}",
    "effective rates": "Effektive Lernraten",
    "realised rates": "Realisierte Verhältnisse −Δx/g",
    "asymptotic rates": "Asymptotische Lernraten",
    "effective rate axis": "effektive Lernrate {formula}",
    "realised rate axis": "realisiertes Verhältnis {formula}",
    "asymptotic rate axis": "asymptotische Lernrate",
    "step axis": "Schritt $t$",
    "log axis": "{axis}, logarithmisch",
    "rate span": "{name} von {first} auf {last}",
    "rate constant": "{name} bei {value}",
    "rate span, between": "{name} von {first} in Schritt {begin} auf {last} in Schritt {end}",
    "no rate": "{name} ohne Lernrate",
    "median of coordinates": "Median von {count} Koordinaten",
    "bands of coordinates": "Bänder mit {shares} % der Koordinaten",
    "gaps": "Lücken sind Schritte bergauf",
    "crossing": "{name} überschreitet die Grenze {value} in Schritt {step}",
    # ceilings that move
    "moving ceiling": "Grenze {formula}",
    "moving ceiling of": "Grenze von {name}, {formula}",
    "guide": "Richtlinie {formula}",
    "meaning of guide": (
        "unter der Richtlinie wächst keine Richtung; über ihr muss noch keine wachsen"
    ),
    "ceiling span": "Grenze von {name} von {first} bis {last}",
    "guide span": "C/λmax(H) von {first} bis {last}",
    # the sharpness against the step
    "sharpness of": "Vorkonditionierte Schärfe von {names}",
    "sharpness axis": r"Schärfe $\lambda_\mathrm{{max}}(\mathrm{{diag}}(\eta_t)\,H(x_t))$",
    "sharpness ratio axis": (
        r"Schärfe durch ihre Grenze, $\lambda_\mathrm{{max}}(\mathrm{{diag}}(\eta_t)\,H(x_t))/C$"
    ),
    "sharpness ceilings": "Grenze: die Schärfe ist $C$, bei diesen Regeln {values}",
    "sharpness never above": "{whose} Schärfe nie über der Grenze",
    "sharpness always above": (
        "{whose} Schärfe in ihrem einzigen Schritt über der Grenze",
        "{whose} Schärfe in allen {count} Schritten über der Grenze",
    ),
    "sharpness above": "{whose} Schärfe in {count} von {steps} Schritten über der Grenze",
    "grows above sharpness": "über der Grenze wächst der linearisierte Schritt",
    "gaps of negative rates": "Lücken sind Schritte mit einer Lernrate unter 0",
    "gaps without curvature": "Lücken sind Schritte ohne aufwärts gekrümmte Richtung",
    "sharpness alt": "Vorkonditionierte Schärfe: {text}",
    "sharpness span": "von {first} auf {last}, höchstens {most} in Schritt {step}",
    "no sharpness": "in keinem Schritt",
    "never above": "nie über {value}",
    "steps above": (
        "in {count} Schritt über {value}, in Schritt {step}",
        "in {count} Schritten über {value}, erstmals in Schritt {step}",
    ),
    # logs of trainings
    "training": "Training",
    "all parameters": "alle Parameter",
    "group": "Gruppe {number}",
    "trainings": ("{word} Training", "{word} Trainings"),
    "median rates only fall": "{whose} Median der Lernraten fällt nur",
    "rates of groups": "{first} bis {last} in {count} Gruppen",
    "steps between": "{least} bis {most} Schritte",
    "of a training": "{steps} eines Trainings",
    "medians of entries": "Linien sind Mediane der Einträge",
    "medians and bands": "Linien sind Mediane, Bänder enthalten {shares} % der Einträge",
    "medians": "Mediane: {text}.",
    "effective or realised rate axis": "effektive Lernrate oder Verhältnis",
    "time axis s": "Zeit in Sekunden",
    "time axis min": "Zeit in Minuten",
    "time axis h": "Zeit in Stunden",
    "time axis d": "Zeit in Tagen",
    "no value": "{name} ohne Wert",
    "thin lines": ("eine dünne Linie ist eine Schicht", "dünne Linien sind {count} Schichten"),
    "other thin lines": (
        "benannte Schichten enden ganz oben oder ganz unten, eine dünne Linie ist eine weitere",
        "benannte Schichten enden ganz oben oder ganz unten, dünne Linien sind {count} weitere",
    ),
    "other thin lines by": (
        "benannt ist, was mit der höchsten oder tiefsten {quantity} endet, eine dünne Linie ist"
        " eine weitere Schicht",
        "benannt ist, was mit der höchsten oder tiefsten {quantity} endet, dünne Linien sind"
        " {count} weitere Schichten",
    ),
    "whole groups": "alle Parameter jeder Gruppe",
    "ratio axis": r"$\log_{{10}}\,\|\Delta p\|/\|p\|$",
    "ratios": "Relative Größe der Aktualisierungen",
    "line of usual ratio": "die Linie ist bei −3, einem Tausendstel der Parameter",
    "never moved": (
        "{layers} hat sich nie bewegt",
        "{count} Schichten haben sich nie bewegt: {layers}",
    ),
    "usual ratio": "−3, ein Tausendstel der Parameter",
    "last ratio": "{whose} letzte Schritte sind {low} der Parameter",
    "last ratios": "{whose} letzte Schritte sind {low} bis {high} der Parameter",
    "norms": "Normen von Gradient, Schritt und Parametern",
    "norm of grad": r"Norm des Gradienten $\|g\|$",
    "norm of update": r"Norm des Schritts $\|\Delta p\|$",
    "norm of parameter": r"Norm der Parameter $\|p\|$",
    "edge axis": r"vorkonditionierte Schärfe durch ihre Grenze $\lambda/C$",
    "edge axis, critical": "1 durch das kritische Verhältnis des Schritts",
    "edge line": "Rand der Stabilität",
    "raw sharpness axis": r"Schärfe des Verlusts $\lambda_{{\max}}(H)$",
    "nominal rate axis": r"Lernrate $\eta$",
    "loss axis": "Verlust",
    "loss of trainings": "Verluste",
    "schedule of trainings": "Lernraten",
    "learning rate of": "{whose} Lernrate",
    "loss falls": "{whose} Verlust fällt von {first} auf {last}",
    "loss rises": "{whose} Verlust steigt von {first} auf {last}",
    "loss stays": "{whose} Verlust ist am Anfang und am Ende {last}",
    "loss is": "{whose} Verlust ist {last}",
    "loss lost": "{whose} Verlust ist seit Schritt {step} nicht endlich",
    "sharpness lost": "{name}: seit Schritt {step} keine endliche Schärfe",
    "not finite since": "seit Schritt {step} nicht endlich",
    "is at edge": "{name} ist seit Schritt {step} am Rand der Stabilität",
    "is below edge": (
        "{name} bleibt unter dem Rand der Stabilität, mindestens um den Faktor {factor}"
    ),
    "is below edge since": (
        "{name} ist seit Schritt {step} mindestens um den Faktor {factor} unter dem Rand der "
        "Stabilität"
    ),
    "is above edge": (
        "{name} bleibt über dem Rand der Stabilität, mindestens um den Faktor {factor}"
    ),
    "is above edge since": (
        "{name} ist seit Schritt {step} mindestens um den Faktor {factor} über dem Rand der "
        "Stabilität"
    ),
    "rises above edge": (
        "{name} steigt in Schritt {step} über den Rand der Stabilität, λ/C = {ratio}"
    ),
    "near edge": "{name} und der Rand der Stabilität",
    "at edge": "seit Schritt {step} am Rand",
    "below edge": "mindestens um den Faktor {factor} unter dem Rand",
    "below edge since": "seit Schritt {step} mindestens um den Faktor {factor} unter dem Rand",
    "above edge": "mindestens um den Faktor {factor} über dem Rand",
    "above edge since": "seit Schritt {step} mindestens um den Faktor {factor} über dem Rand",
    "edge crossed": "bald unter dem Rand, bald darüber",
    "edge uncertain": "bis zu {percent} % unsicher (Differenzen von Gradienten)",
    "edge far": "dort bleibt kein Training: steht ein Bias vor BatchNorm?",
    "trainings at": "{names} am Rand der Stabilität",
    "trainings below": "{names} unter dem Rand der Stabilität",
    "trainings above": "{names} über dem Rand der Stabilität",
    "trainings edge": "{names} und der Rand der Stabilität",
    "spike": "in Schritt {step} (λ/C = {ratio})",
    "above at": (
        "über dem Rand, am höchsten {spikes}",
        "{count}-mal über dem Rand, am höchsten {spikes}",
    ),
    "row edge": "λ/C",
    "row sharpness": "Schärfe",
    "row rates": "Lernraten",
    "row schedule": "Zeitplan",
    "row loss": "Verlust",
    # the loss against the step
    "epoch axis": "Epoche",
    "time axis": r"Zeit, die Summe der $\eta$",
    "against step": "den Schritt",
    "against epoch": "die Epoche",
    "against time": "die Summe der Lernraten",
    "gap": "f − f*",
    "distance": "Abstand zum Minimum",
    "gradient": "Gradientennorm",
    "value": "f",
    "expected gap": "Erwartungswert von f − f*",
    "expected distance": "Quadratmittel des Abstands zum Minimum",
    "expected gradient": "Quadratmittel der Gradientennorm",
    "median gap": "Median von f − f* über {count} Seeds",
    "median distance": "Median des Abstands zum Minimum über {count} Seeds",
    "median gradient": "Median der Gradientennorm über {count} Seeds",
    "median value": "Median von f über {count} Seeds",
    "on a log axis": "{quantity} gegen {against}, logarithmische Achse",
    "on log axes": "{quantity} gegen {against}, logarithmische Achsen, ohne den Start",
    "minimum unknown": "{formula}, Minimum unbekannt",
    "mean": "Mittelwert",
    "noise": "Rauschen",
    "sum of mean and noise": "Summe",
    "zero after step": "0 nach Schritt {step}",
    "lost value": "f hat keinen Wert in Schritt {step}",
    "lost gradient": "f hat keinen Gradienten in Schritt {step}: ein Knick",
    "overflows": "Überlauf in Schritt {step}",
    "diverges": "divergiert",
    "theory": "Theorie: Faktor {factor} je Schritt",
    "theory bound": "Theorie: höchstens ein Faktor von {factor} je Schritt für {name}",
    "at most factor": "≤ {factor}",
    "theory of": "Theorie: Faktor {factor} je Schritt für {name}",
    "overflows at once": "sofortiger Überlauf",
    "coordinates figure": "Koordinaten",
    "coordinate from origin": "Koordinate von $x_t$",
    "coordinate from minimum": "Koordinate von $x_t-x^*$",
    "goes from": "von {first} auf {last} nach {steps}",
    "lowest then rises": "{name} ist in Schritt {step} am kleinsten und steigt dann",
    "least between": ", am kleinsten {least} in Schritt {step}",
    "falls between": "von {first} in Schritt {begin} auf {last} nach {steps}",
    # maps and sweeps
    "axis eta": "Lernrate ${letter}$",
    "axis momentum": "Momentum ${letter}$",
    "axis beta2": "Abklingrate des zweiten Moments ${letter}$",
    "axis rho": "Abklingrate ${letter}$",
    "axis decay": "Gewichtszerfall ${letter}$",
    "axis letter": "${letter}$",
    "axis angle": "Drehung in Grad",
    "axis kappa": r"Konditionszahl $\kappa$",
    "axis start": "Richtung des Startpunkts in Grad",
    "tenth": "1/10",
    "hundredth": "1/100",
    "thousandth": "1/1000",
    "millionth": "10⁻⁶",
    "billionth": "10⁻⁹",
    "sweep of one": "{name}: {quantity}",
    "sweep steps": "Schritte bis {fraction} des Startwerts",
    "sweep f": "f − f* nach {steps} Schritten",
    "sweep rate": "Konvergenzrate",
    "sweep status": "Ausgang von {steps} Schritten",
    "sweep subtitle": "{objective} ab {start}",
    "at most": ("höchstens {count} Schritt", "höchstens {count} Schritte"),
    "value steps": "Schritte",
    "value f": "$f(x_t)-f^*$",
    "value rate": "Konvergenzrate",
    "value status": "Ausgang",
    "diverges above": "divergiert über {value}",
    "diverges from": "divergiert ab {value}",
    "over": "über {count}",
    "over steps": ("über {count} Schritt", "über {count} Schritte"),
    "cycling": "kreist",
    "stalled": "stagniert",
    "not measurable": "nicht messbar",
    "starts steps": "Schritte von jedem Startpunkt aus",
    "starts status": "Ausgang von {steps} Schritten von jedem Startpunkt aus",
    "starts basin": "wo {steps} Schritte von jedem Startpunkt aus enden",
    "value basin": "endet bei",
    "value curvature": "$\\lambda_{{\\mathrm{{max}}}}$ dort",
    "value height": "$f$ dort",
    "basin none": "ruht in keinem Minimum",
    "basin about": "bewegt sich weiter darum",
    "basin curvature": "$\\lambda_{{\\mathrm{{max}}}}$ = {value}",
    "basin above": "$\\lambda_{{\\mathrm{{max}}}}$ = {value}: keiner ruht",
    "basin share": "{share} enden bei {point}, λmax {value}",
    "basin share about": "{share} bewegen sich weiter um {point}, λmax {value}",
    "basin share of many": "{share} enden bei je eigenen Minima, λmax {low} bis {high}",
    "basins refused": "keiner ruht, wo λmax {values} ist, über C/η = {limit}",
    "starts moves": "der erste Schritt von jedem Startpunkt aus",
    "starts": ("{count} Startpunkt", "{count} Startpunkte"),
    "starts until": "bis $f-f^*$ auf {fraction} des Startwerts fällt",
    "starts alt": "{quantity}, {count} davon, auf {objective}. {summaries}.",
    "count of": "{status}: {count}",
    "steps from to": "{low} bis {high} Schritte",
    "rate is": "Rate {value}",
    "f is": "f − f* = {value}",
    "best by theory": "Optimum laut Theorie",
    "point": "{point}\n{value}",
    "setting": "{letter} = {value}",
    "grows above": "über 1 divergiert es",
    "by theory": "Theorie",
    # modes of loss
    "axis step": "Schritt $t$",
    "axis gap": "$f(x_t)-f^*$",
    "mode": "λ{number} = {value}",
    "from": "{head} ab {start}",
    "from after facts": "{head}, ab {start}",
    "modes alt": "Die Anteile der Eigenwerte {values} an f − f*. {runs}",
    "modes of": "{name}: {first} am Start, {last} in Schritt {step}",
    "milestones alt": "Bis von jeder ein Hundertstel bleibt: {text}",
    "milestones of": "{name}: {text}",
    "milestone": "bis {share}",
    "milestone at": "λ = {value} bei Schritt {step}",
    "milestone never": "λ = {value} nicht in diesen Schritten",
    "percent": "{value} %",
    # heat maps
    "heat title distance": "Abstand jeder Koordinate vom Minimum",
    "heat title rate": "Effektive Lernrate jeder Koordinate",
    "heat title gradient": "Gradient jeder Koordinate",
    "heat title distance eigen": "Abstand vom Minimum entlang jedes Eigenvektors",
    "heat title gradient eigen": "Gradient entlang jedes Eigenvektors",
    "heat distance": "$|x_i-x_i^*|$",
    "heat distance eigen": r"$|u_i^\top(x-x^*)|$",
    "heat gradient eigen": r"$|u_i^\top\nabla f|$",
    "heat rate": "effektive Lernrate",
    "heat gradient": r"$|\partial f/\partial x_i|$",
    "heat rows": "Koordinate",
    "heat rows by curvature": "Koordinaten nach ihrer Krümmung",
    "heat row": "{name}, {letter} = {value}",
    "heat leaves": "{name}: {count} von {dim} {of} noch über 1 % des Anfangs",
    "heat done": "{name}: alle {dim} {of} nach {steps} unter 1 % des Anfangs",
    "heat of": "Koordinaten",
    "heat of eigen": "Eigenrichtungen",
    "heat alt": "{quantity} als Farbe, je eine Zeile.",
    "heat told": (
        "{name}: {low} bis {high} am Anfang, {least} bis {most} nach {steps}, am meisten in {row}"
    ),
    "heat lost": "{name}: Überlauf bei Schritt {step}",
    # residual polynomials
    "axis polynomial": r"$P_t(\lambda)$",
    "polynomial of": "t = {degree}",
    "polynomials": "Was {degree} Schritte von jedem Eigenvektor übrig lassen",
    "polynomial leaves": "{name}: nach {steps} höchstens {share} eines Eigenvektors übrig",
    "polynomial grows": "{name}: in {steps} wächst ein Eigenvektor auf das {factor}-Fache",
    "polynomial done": "{name}: nach {steps} nichts übrig, alle Eigenwerte sind Nullstellen",
    "polynomial alt": "Residuenpolynome über dem Spektrum von {objective}. {text}.",
    "polynomial told": (
        "{name}: nach {degree} Schritten ist der schlechteste Wert {worst}, bei λ = {place}"
    ),
    # phase portraits
    "axis distance": "$x_t-x^*$",
    "axis velocity": "$x_t-x_{{t-1}}$",
    "axis mean": "Mittel $m_t$",
    "border lazy": "träge | robust",
    "border robust": "robust | wechselnd",
    "border knife": "träge | wechselnd",
    "border monotone": "monoton | wechselnd",
    "regime monotone": "monoton",
    "regime critical": "kritisch",
    "regime oscillating": "schwingend",
    "regime alternating": "wechselnd",
    "regime diverging": "divergent",
    "phase monotone": "{name}: entlang λ = {value} monoton fallend",
    "phase critical": "{name}: entlang λ = {value} kritisch",
    "phase oscillating": "{name}: entlang λ = {value} in einer Spirale zum Minimum",
    "phase alternating": "{name}: entlang λ = {value} mit wechselndem Vorzeichen",
    "phase diverging": "{name}: entlang λ = {value} divergent",
    "phase cases": "{name}: die Bereiche einer Eigenmode",
    "phase modes": "{name} entlang jedes Eigenvektors",
    "phase several": "Die Eigenmode von λ = {value}",
    "phase case": "{regime}, {setting}",
    "phase mode": "λ = {value}, {regime}",
    "phase factor": "ein Faktor von {value} je Schritt",
    "phase of": "{name}, {regime}",
    "phase map": "Bereiche",
    "phase alt": "Eigenmoden in der Ebene aus Abstand und Geschwindigkeit. {text}.",
    "phase told": "{name}, λ = {value}: {regime}, am Ende ein Faktor von {factor} je Schritt",
    "phase measured": "{name}, λ = {value}: nach {steps} innerhalb von {last}",
    # one step taken apart
    "step of": "{name}, Schritt {step} von {steps}",
    "with settings": "mit {settings}",
    "law of step": "mit Richtung $d$ und Skalierung $s$, {law}:",
    "the box": "der Kasten",
    "box beyond": "der Kasten {name} liegt außerhalb des Bildes",
    "in true length": "{names} in wahrer Länge",
    "scaled": ("{names} auf {unit} der Länge", "{names} auf {unit} ihrer Länge"),
    "model ellipse": "Ellipse: die Höhenlinie des lokalen quadratischen Modells durch den Punkt",
    "model without ellipse": "keine Ellipse des lokalen quadratischen Modells: es hat kein Minimum",
    "minimum of model": "Minimum des Modells",
    "coordinate of step": "{name}: Gradient {gradient}, effektive Lernrate {rate}, Schritt {move}",
    "step alt": "{name} auf {objective}. Schritt {step} von {before} nach {after}: {coordinates}.",
    # the verdict of inspect
    "nature positive": "positiv definit",
    "nature positive semi": "positiv semidefinit",
    "nature negative": "negativ definit",
    "nature negative semi": "negativ semidefinit",
    "nature indefinite": "indefinit",
    "nature zero": "Q = 0",
    "condition": "Konditionszahl {kappa}",
    "condition both": "Konditionszahl {kappa}, diagonal vorkonditioniert {after}",
    "condition same": "Konditionszahl {kappa}, auch diagonal vorkonditioniert",
    "no condition": "{nature}: kein Minimum",
    "spectrum of": "{matrix}: κ = {kappa}",
    "matrix": "Q",
    "preconditioned": "Diagonal vorkonditioniert",
    "preconditioned shortly": "Skaliert",
    "none": "keine",
    "eigenvalue": "λ = {value}",
    "axis eigenvalue": r"Eigenwert $\lambda$",
    "eigenvalues are": ("Eigenwert {values}", "Eigenwerte {values}"),
    "all equal": ("Eigenwert {value}", "{count} Eigenwerte {value}"),
    "stems": "Linien: Eigenwerte",
    "stems and ranges": "Linien: Eigenwerte; Balken: Gerschgorin-Intervalle",
    "scaled by": r"über $z=D^{{1/2}}x$, $D=\mathrm{{diag}}\,Q$",
    "cannot precondition": ("keine diagonale Vorkonditionierung: Q hat ein Diagonalelement ≤ 0"),
    "no minimum": "{nature}, kein Minimum",
    "minimum at": "{nature}, $f^*$ = {value} bei {point}",
    "inspect alt": "{objective}: Eigenwerte {values}; {rest}",
    "kappa": "κ {value}",
    "kappa after": "diagonal vorkonditioniert {value}",
    # the verdict at a point of any function
    "point leaves": "keine Lernrate ruht hier: die Schritte führen vom Punkt fort ({point})",
    "point unknown": "keine Konstante C ist bekannt",
    "point without ceiling": "keine Grenze: f ist in keiner Richtung aufwärts gekrümmt",
    "point bears rates": "stabil, solange die effektiven Lernraten unter {limit} liegen",
    "point bears": "stabil, solange η unter {limit} liegt",
    "point stable": "stabil: {eta} liegt unter {limit}",
    "point unstable": "instabil: {eta} liegt über {limit}, der linearisierte Schritt wächst",
    "point rests": (
        "kann hier ruhen: {eta} liegt unter {limit}; "
        "die langsamste Richtung behält {factor} je Schritt"
    ),
    "point cannot rest": (
        "kann hier nicht ruhen: {eta} liegt über {limit}; "
        "die steilste Richtung wächst um {factor} je Schritt"
    ),
    "stationary points": ("{count} stationärer Punkt", "{count} stationäre Punkte"),
    "typed points": ("{count} Punkt", "{count} Punkte"),
    "points rest": "{name} kann in {held} von {count} Minima ruhen",
    "rows of eigenvalues": "Zeilen: die Eigenwerte von H an jedem Punkt",
    "no stationary point": "kein stationärer Punkt gefunden",
    "lowest points": "die tiefsten {count} haben eine Zeile",
    "axis eigenvalue of H": r"Eigenwerte von $H(x)$",
    "limit of eigenvalues": r"$C/\eta$ = {value}",
    "point at": "{kind} bei {point}",
    "point minimum": "Minimum",
    "point saddle": "Sattel",
    "point maximum": "Maximum",
    "point flat": "flacher Punkt",
    "point slope": "Hang",
    "point kink": "Knick",
    "point without Hessian": "{text}, ohne Hesse-Matrix",
    "and more points": "und {count} weitere",
    # the verdict on an optimizer
    "verdict constant": "f ist überall gleich: nichts bewegt sich",
    "verdict starts at minimum": "der Start ist schon das Minimum: nichts bewegt sich",
    "verdict starts at saddle": "der Start ist schon ein Sattelpunkt: nichts bewegt sich",
    "verdict starts at maximum": "der Start ist schon ein Maximum: nichts bewegt sich",
    "verdict rate of 0": "eine Lernrate von 0 bewegt nichts",
    "verdict moving momentum": (
        "der Lernratenplan bewegt Lernrate und Momentum gemeinsam, keine Formel sagt, wo es endet"
    ),
    "verdict clipped": (
        "kürzt den Gradienten, wo {part} über {limit} liegt, keine Formel sagt, wo das endet; "
        "darunter geht es wie ohne Kürzung"
    ),
    "verdict rate": "η = {eta}",
    "verdict largest rate": "η = {eta} (die größte, Schritt {step})",
    "verdict rate kept": "mit {eta} durchweg: {sentence}",
    "verdict no minimum": (
        "kein Minimum: f fällt ohne Ende entlang {where} (λ = {value})",
        "kein Minimum: f fällt ohne Ende entlang {where} (λ ab {value})",
    ),
    "verdict slope": (
        "kein Minimum: f fällt ohne Ende, wo nichts gekrümmt ist, mit der Steigung {value}"
    ),
    "verdict beyond floats": "das Minimum liegt jenseits der Gleitkommazahlen",
    "verdict follows": "{sentence}, und {name} folgt, solange es läuft",
    "verdict no rate": (
        "{sentence}; keine Lernrate ist stabil, bei {eta} wächst {point} dort um den Faktor "
        "{growth} je Schritt"
    ),
    "verdict from saddle": "der Abstand zum Sattelpunkt",
    "verdict from maximum": "der Abstand zum Maximum",
    "verdict up to": "bis zu {value}",
    "verdict down the slope": (
        "{sentence}; bei {eta} geht jeder Schritt am Ende {value} weit hinab"
    ),
    "verdict ridge": ("{sentence}; dieser Start hat keinen Anteil daran, nur Rundung löst es aus"),
    "verdict every direction": "jede Richtung",
    "verdict and more": "{first} und {count} weitere",
    "verdict flat direction": "die flache Richtung {name}",
    "verdict steep direction": "die steile Richtung {name}",
    "verdict both ends": "die flache und die steile Richtung",
    "verdict both ends named": "die flache und die steile Richtung ({names})",
    "verdict diverges": (
        "divergiert: {eta} liegt über {limit}, der größten stabilen Lernrate; {modes} wächst um "
        "den Faktor {growth} je Schritt"
    ),
    "verdict unstable": (
        "anfangs instabil: {eta} liegt über {limit}, der größten stabilen Lernrate; solange das "
        "dauert, wächst {modes} um einen Faktor bis zu {growth} je Schritt"
    ),
    "verdict more grow": "{sentence} (weitere wachsende Richtungen: {count})",
    "verdict stands still": ("steht still: bei {eta} weniger Abnahme als die Rundung für {modes}"),
    "verdict edge": (
        "an der Grenze: {limit} ist die größte stabile Lernrate; keine Abnahme für {modes}"
    ),
    "verdict flat": "{sentence}; was flach ist, bleibt, wie es ist",
    "verdict stable": (
        "stabil: {eta} liegt unter {limit}, der größten stabilen Lernrate; dort Faktor {factor} "
        "je Schritt für {modes}"
    ),
    "verdict shrinks": "Faktor {factor} je Schritt für {modes}, {steps} bis {tolerance}",
    "verdict steps": ("etwa {count} Schritt", "etwa {count} Schritte"),
    "verdict never": "niemals",
    "verdict single step": "in einem einzigen Schritt am Ziel",
    "verdict best": "den besten Werten {settings}",
    "verdict kappa": "κ = {kappa}, bei {settings}: {pace}",
    "verdict kappa where curved": "κ = {kappa}, wo f gekrümmt ist, bei {settings}: {pace}",
    "verdict better": "{sentence}; bei {settings} wären es {count}",
    # why the condition number of a data set is large
    "why zero": "{names}: 0 in jeder Zeile, das Gewicht hat also keine Wirkung",
    "why scales": (
        "die Skalen sind verschieden: {first} von der Größe {large}, {last} {small} (Quadratmittel)"
    ),
    "advice scales": "--standardize gibt jedem Merkmal dieselbe",
    "why few rows": (
        "{rows} Zeilen bestimmen nicht {weights} Gewichte: {count} Richtung ist flach",
        "{rows} Zeilen bestimmen nicht {weights} Gewichte: {count} Richtungen sind flach",
    ),
    "why dependent": (
        "{names} sind linear abhängig: eine Mischung davon ist 0",
        "{names} sind linear abhängig, eine von {count} solchen Gruppen: eine Mischung davon ist 0",
    ),
    "why together": "{names} gehen miteinander: Korrelation {value}",
    "why against": "{names} gehen gegeneinander: Korrelation {value}",
    "why off centre": (
        "{name} liegt gemessen an der Streuung weit von 0 ({mean} ± {spread}), die Spalten zeigen "
        "also in dieselbe Richtung"
    ),
    "advice centre": "--standardize zentriert sie",
    "why explained": (
        "die anderen Merkmale erklären {name} zu {share} %: es trägt wenig Eigenes bei"
    ),
    # descriptions of sweeps
    "axis range": "{name} von {low} bis {high}",
    "axis list": "{name} aus {values}",
    "sweep alt": "{name} auf {objective} über {axes}: {summary}.",
    "sweep least": "{quantity}, am kleinsten {value} bei {place}; divergiert in {lost}",
    "sweep lost": "divergiert in {lost}",
    "sweep in": "{status} in {share}",
    "points": "{share} % der Punkte",
    "f gap": "f − f* nach {steps} Schritten",
    "counts": "kein ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    # Titles: what came of a run, of several, and who ran where nothing can be claimed
    "title converged": ("{name} konvergiert", "{name} konvergieren"),
    "title converged in": ("{name} konvergiert in {steps}", "{name} konvergieren in {steps}"),
    "title converged saddle in": (
        "{name} konvergiert in {steps} zu einem Sattel",
        "{name} konvergieren in {steps} zu einem Sattel",
    ),
    "title converged maximum in": (
        "{name} konvergiert in {steps} zu einem Maximum",
        "{name} konvergieren in {steps} zu einem Maximum",
    ),
    "title converged at once": ("{name} startet am Minimum", "{name} starten am Minimum"),
    "title stalled": (
        "{name} stagniert auf dem Weg zum Minimum",
        "{name} stagnieren auf dem Weg zum Minimum",
    ),
    "title cycling": ("{name} endet in einem Zyklus", "{name} enden in Zyklen"),
    "title cycling about": ("{name} kreist um das Minimum", "{name} kreisen um das Minimum"),
    "title lost": (
        "{name} tritt dorthin, wo f keinen Wert hat",
        "{name} treten dorthin, wo f keinen Wert hat",
    ),
    "title diverged": ("{name} divergiert", "{name} divergieren"),
    "title every start": "{claim} von jedem von {word} Startpunkten aus",
    "title every rate": "{claim} bei jeder von {word} Lernraten",
    "title every setting": "{claim} bei jeder von {word} Einstellungen",
    "title all optimizers": "alle {word} Optimierer",
    "title all paths": "alle {word} Pfade",
    "title each": "{names}, je {steps}",
    "title starts": "{names} von {word} Startpunkten aus",
    "title rates": "{name} bei {word} Lernraten",
    "title values": "{name} bei {word} Werten von {symbol}",
    "title settings": "{name} bei {word} Einstellungen",
    "title dialects": "{word} Formen von {name}",
    "title optimizers": "{word} Optimierer",
    "title paths": ("ein Pfad", "{word} Pfade"),
    # Subtitles: settings, objective, steps, start, end, noise
    "on": "{settings} auf {objective}",
    "ran on": "{name} auf {objective}",
    "variables": ("{count} Variable", "{count} Variablen"),
    "rotated": "um {degrees}° gedreht",
    "gradients of": "die Gradienten aus {file}",
    "walk": "{steps} ab {start}",
    "walk to": "{steps} von {start} nach {end}",
    "walk in plane": "{walk}, {plane}",
    "dots": "ein Punkt alle {count} Schritte",
    "tried": "Kreuze sind verworfene Versuche",
    "cycle since": "Zyklus seit Schritt {step}",
    "several sources": "{count} Arten von Gradienten",
    "seed": "{source}, Seed {seed}",
    "median": ("{source}; Median über {count} Seed", "{source}; Median über {count} Seeds"),
    "median in band": "{source}; Median über {count} Seeds, ein Band mit 90 % davon",
    "median in bands": "{source}; Median über {count} Seeds, Bänder mit 50 und 90 % davon",
    "exact law": "{source}; exakte Verteilung",
    "exact law in rings": "{source}; exakte Verteilung bei 1σ und 2σ",
    "law and draws": ("{law} und {count} Stichprobe", "{law} und {count} Stichproben"),
    # How rates of a comparison were chosen
    "fair same eta": "alle mit η = {eta}",
    "fair first step": "η jeweils so, dass der erste Schritt {length} lang ist",
    "fair tuned": (
        "η jeweils das beste von {count} aus {least} bis {most}, nach f in Schritt {step}"
    ),
    # Gradients
    "noise normal": "Gradienten mit normalverteiltem Rauschen, {size}",
    "noise uniform": "Gradienten mit gleichverteiltem Rauschen, {size}",
    "noise student": "Gradienten mit t-verteiltem Rauschen, {size}",
    "correlated": "korreliert",
    "sparse": "Koordinaten beobachtet mit p = {p}",
    "sparse scaled": "Koordinaten beobachtet mit p = {p}, mit 1/p skaliert",
    "minibatches": "Minibatches der Größe {size}",
    "minibatches replaced": "Minibatches der Größe {size}, mit Zurücklegen",
    "gradients other": "Gradienten aus {text}",
    "gradients unknown": "Gradienten {text}",
    # Schedules alone
    "schedule axis": "Lernrate $\\eta(t)$",
    "schedules": "{word} Lernratenpläne, je {steps}",
    "schedule subtitle": "{name}, {steps}",
    "schedule alt": "Lernrate gegen den Schritt, {steps}: {text}.",
    "schedule stays": "{name} bleibt bei {first}",
    "schedule falls": "{name} fällt von {first} auf {last}",
    "schedule rises": "{name} steigt von {first} auf {last}",
    "schedule rises and falls": "{name} steigt bis Schritt {top} auf {high}, fällt dann auf {last}",
    "schedule falls and rises": (
        "{name} fällt bis Schritt {bottom} auf {low}, steigt dann auf {last}"
    ),
    "schedule goes between": "{name} schwankt zwischen {low} und {high}",
    "rates between": "Lernraten zwischen {low} und {high}",
    # Outcomes, beside the end of a path
    "named": "{name} {outcome}",
    "named long": "{name}: {outcome}",
    "stalls at": "stagniert bei {value}",
    "cycles at": "kreist, {value}",
    "leaves": "ab Schritt {step} außerhalb, {size}",
    "leaves later": "ab Schritt {step} außerhalb, {size} in Schritt {last}",
    "leaves and overflows": "ab Schritt {step} außerhalb, Überlauf in Schritt {last}",
    "starts out of view": "startet außerhalb",
    # Statuses
    "status converged": "konvergiert",
    "status stalled": "stagniert",
    "status cycling": "kreist",
    "status diverged": "divergiert",
    "status running": "läuft noch",
    # Descriptions of paths
    "described": "{name}: {path} nach {steps}",
    "nameless": "ein Pfad",
    "without setting": "kein {name}",
    "shape point": "ein Punkt, {end}",
    "shape step": "ein einziger Schritt, {end}",
    "shape monotone": "ein Pfad, der nie umkehrt, {end}",
    "shape zigzag": "ein Zickzack, {end}",
    "shape path": "ein Pfad, {end}",
    "end stalled": "stagniert bei {point}",
    "end cycling": "kreist um {point}",
    "end converged": "konvergiert gegen {point}",
    "end diverged": "divergiert, zuletzt bei {point}",
    "end running": "erreicht {point}",
    # Planes and panels
    "plane of eigenvectors": "den Achsen der Eigenvektoren",
    "plane of extremes": "Ebene der flachsten und der steilsten Richtung",
    "plane of": "Ebene von {names}",
    "plane through end": "{plane} durch das Ende des Pfades",
    "plane through start": "{plane} durch den Start",
    "run": "Lauf {number}",
    # The page of a batch
    "page gallery": "Galerie",
    "page section": "Abbildungen",
    "page search": "Suche",
    "page figures": ("{count} Abbildung", "{count} Abbildungen"),
    "page found": "{count} von {figures}",
    "page no word": "Keine Abbildung hat dieses Wort.",
    "page no words": "Keine Abbildung hat alle diese Wörter.",
    "page footer": "Gezeichnet mit optviz {version}.",
    "page before": "Vorige Abbildung",
    "page after": "Nächste Abbildung",
    "page close": "Schließen",
    "page place": "{place} von {count}",
    "page alive": "Abbildung zum Bewegen öffnen",
    "page film": "Film",
    "page nothing": "Hier nicht darstellbar: {formats}",
    "page copy": "Kopieren",
    "page copied": "Kopiert",
    "page selected": "Ausgewählt",
    "page spec": "Spezifikation",
    "page numbers": "Die Zahlen: der Befehl mit -o {file}.",
    "page bytes": "{octets} Bytes",
    "key search": "suchen",
    "key move": "vorige und nächste Abbildung",
    "key close": "schließen",
    "final values": "Endwerte",
    "final optimizer": "Optimierer",
    "final start": "Start",
    "final steps": "Schritte",
    "final status": "Status",
    "final since": "{status} seit Schritt {step}",
    "final median": "Median von {count}",
    "final expected": "Erwartungswert",
    "final more": "und {count} weitere",
}
