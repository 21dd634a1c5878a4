"""The commands of LaTeX that stand in formulas of functions, each with its kind."""

from optviz.text.letters import GREEK

# The kind, and the commands of it. A fence is followed by a bracket, a font by what is set in it.
_TABLE = r"""
fraction frac tfrac dfrac cfrac nicefrac sfrac flatfrac
blank    , ; : ! > \ ( ) [ ] quad qquad enspace thinspace medspace thickspace negthinspace
blank    displaystyle textstyle scriptstyle limits nolimits nonumber notag allowbreak relax
fence    left right middle big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr
fence    bigm Bigm biggm Biggm
font     mathbf boldsymbol bm mathrm mathit mathsf mathcal mathnormal symbf pmb vec text textrm
font     textit textbf operatorname operatorname* mbox ensuremath mathop underline
dropped  label tag hspace vspace phantom hphantom vphantom
minimum  min argmin arg minimize underset
lines    equation align aligned gather gathered displaymath math split multline eqnarray
matrix   top intercal mathbb sum prod langle rangle Vert lVert rVert | nabla
bar      vert lvert rvert
matrix   prime dagger matrix pmatrix bmatrix smallmatrix array
function sin cos tan sinh cosh tanh exp log ln sqrt max arcsin arccos arctan lg
ends     begin end
"""

KINDS = {
    name: kind
    for kind, *names in (line.split() for line in _TABLE.strip().splitlines())
    for name in names
}

SIGNS = {
    **dict.fromkeys(("cdot", "cdotp", "times", "ast", "bullet"), "*"),
    **{"div": "/", "slash": "/", "lbrack": "(", "rbrack": ")", "{": "(", "}": ")"},
    **{"coloneqq": "=", "colonequals": "=", "%": "%", "_": "_"},
}

LETTERS = {name: letter for letter, name in GREEK.items()}
LETTERS |= {"ell": "l", "epsilon": "ε", "phi": "φ", "vartheta": "θ", "varrho": "ρ", "varpi": "π"}
