"""Names of 1 to 60 characters, titles and words of axes, in English and in Korean."""

_NAME = "Method {}, tuned by hand on a grid of forty rates, then rerun"
_WORD = "Method{}_with_a_name_of_fifty_letters_without_blanks"
_KOREAN_NAME = (
    "방법 {}, 학습률을 격자에서 직접 고르고 모든 시작점에서 다시 "
    "실행한 뒤에 평균을 낸 최적화 방법의 긴 이름"
)
_KOREAN_WORD = "방법{}" + "띄어쓰기가없는아주긴이름" * 5
_TITLES = {
    "short": ("Result", "결과"),
    "long": (
        "A very long title that explains in one whole sentence what the reader should see in this "
        "figure, namely that AdaGrad stalls",
        "독자가 이 그림에서 무엇을 보아야 하는지를 한 문장으로 모두 설명하는 "
        "아주 긴 제목, 곧 아다그라드는 최솟값에 이르기 전에 멈춘다는 것",
    ),
    "formula": (
        r"Rates $\eta/\sqrt{\hat v_t+\varepsilon}$ on $f(x)=\frac{1}{2}x^\top Qx+c^\top x$",
        r"학습률 $\eta/\sqrt{\hat v_t+\varepsilon}$ 과 목적 함수 $f(x)=\frac{1}{2}x^\top Qx$",
    ),
    "lines": (
        "A title of two lines,\nof which this is the second",
        "두 줄로 된 제목,\n이것이 둘째 줄",
    ),
}


def label(length: str, number: int, korean: bool) -> str:
    """The name of a run: of so many characters, or one word of 50 without a blank."""
    letter = "가나다라마바사아자차카타"[number] if korean else "ABCDEFGHIJKL"[number]
    if length == "word":
        return (_KOREAN_WORD if korean else _WORD).format(letter)[:50]
    if length == "1":
        return letter
    return (_KOREAN_NAME if korean else _NAME).format(letter)[: int(length)].strip()


def title(kind: str, korean: bool) -> str | None:
    """A title of a kind, None for the one that the figure makes."""
    return _TITLES[kind][korean] if kind in _TITLES else None


def wording(kind: str, korean: bool) -> dict[str, str]:
    """The subtitle and the names of the axes, none for those that the figure makes."""
    if kind == "own":
        return {}
    if korean:
        return {
            "subtitle": "격자의 모든 시작점에서 같은 학습률로 스무 걸음씩 실행하여 "
            "얻은 결과의 자세한 설명",
            "xlabel": "걸음의 수, 처음부터 센 것",
            "ylabel": "목적 함수의 값, 로그 눈금",
        }
    return {
        "subtitle": "Twenty steps each from every start of the grid, with the same rate for all",
        "xlabel": "number of steps since the start",
        "ylabel": "value that the method reaches",
    }
