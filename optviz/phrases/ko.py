"""Korean. Particles follow words of this file alone, so that each is right after any name."""

NAMES = {
    "Averaged SGD": "평균 SGD",
    "Averaging": "평균화",
    "Chebyshev's method": "체비쇼프 방법",
    "Backtracking": "백트래킹",
    "Conjugate gradients": "켤레 기울기법",
    "Full-matrix AdaGrad": "전체 행렬 AdaGrad",
    "Gradient descent": "경사 하강법",
    "Jacobi": "야코비법",
    "Trust region": "신뢰 영역법",
    "Momentum": "모멘텀",
    "Nesterov": "네스테로프 모멘텀",
    "Newton": "뉴턴법",
    "Nonlinear conjugate gradients": "비선형 켤레 기울기법",
    "Occurrence counter": "출현 횟수 학습률",
    "Optimistic Adam": "낙관적 Adam",
    "Optimistic gradient descent": "낙관적 경사 하강법",
    "Polyak step": "폴랴크 스텝",
    "Quasi-hyperbolic momentum": "준쌍곡 모멘텀",
    "Sign descent": "부호 하강법",
    "Steepest descent": "최급강하법",
    "Uniform decay": "균일 감쇠",
}

EQUATIONS = {
    "Δₜ₊₁ = Δₜ/4 if ρₜ < ¼, min(2Δₜ, Δmax) if ρₜ > ¾ and ‖pₜ‖ = Δₜ, else Δₜ": (
        "ρₜ < ¼이면 Δₜ₊₁ = Δₜ/4, ρₜ > ¾이고 ‖pₜ‖ = Δₜ이면 min(2Δₜ, Δmax), 아니면 Δₜ"
    ),
    "sₜ = the first of s₀, ρs₀, ρ²s₀, … with f(xₜ₋₁−sgₜ) ≤ f(xₜ₋₁) − c₁ s gₜᵀgₜ": (
        "sₜ = s₀, ρs₀, ρ²s₀, … 중 f(xₜ₋₁−sgₜ) ≤ f(xₜ₋₁) − c₁ s gₜᵀgₜ인 첫 값"
    ),
    "m̂ₜ, v̂ₜ as Adam;  uₜ = m̂ₜ/(√v̂ₜ+ε) + λ xₜ₋₁": (
        "m̂ₜ, v̂ₜ는 Adam과 같음;  uₜ = m̂ₜ/(√v̂ₜ+ε) + λ xₜ₋₁"
    ),
    "the last m of them": "그중 마지막 m개",
    "dₜ = Hₜgₜ, where Hₜ is γI updated as in BFGS by each pair in turn": (
        "dₜ = Hₜgₜ, Hₜ는 γI를 각 쌍으로 차례로 BFGS처럼 갱신한 것"
    ),
    "θₜ = xₜ₋₁ − one step of the rule within": "θₜ = xₜ₋₁ − 안쪽 규칙의 한 스텝",
    "θₜ = θₜ₋₁ − one step of the rule within, with the gradient at θₜ₋₁": (
        "θₜ = θₜ₋₁ − θₜ₋₁의 기울기로 간 안쪽 규칙의 한 스텝"
    ),
    "φₜ = φₜ₋₁ + α (θₜ − φₜ₋₁) and xₜ = φₜ every k-th step, else xₜ = θₜ": (
        "k스텝마다 φₜ = φₜ₋₁ + α (θₜ − φₜ₋₁), xₜ = φₜ, 그 밖에는 xₜ = θₜ"
    ),
    "βₜ = gₜᵀgₜ / gₜ₋₁ᵀgₜ₋₁  or  max(gₜᵀ(gₜ−gₜ₋₁) / gₜ₋₁ᵀgₜ₋₁, 0)": (
        "βₜ = gₜᵀgₜ / gₜ₋₁ᵀgₜ₋₁  또는  max(gₜᵀ(gₜ−gₜ₋₁) / gₜ₋₁ᵀgₜ₋₁, 0)"
    ),
    "m̂ₜ and v̂ₜ as Adam's": "m̂ₜ, v̂ₜ는 Adam과 같음",
    "m̂ₜ, v̂ₜ as Adam": "m̂ₜ, v̂ₜ는 Adam과 같음",
    "m̂ₜ and v̂ₜ as Adam's;  ρ∞ = 2/(1−β₂) − 1": "m̂ₜ, v̂ₜ는 Adam과 같음;  ρ∞ = 2/(1−β₂) − 1",
    "gₜ := 0 where gₜgₜ₋₁ < 0": "gₜgₜ₋₁ < 0이면 gₜ := 0",
}

CLAUSES = {
    "only η = 1 goes to the least of the model": "η = 1일 때만 모형의 최솟값으로 간다",
    "on a quadratic the model is exact: done once the radius holds x*": (
        "이차 함수에서는 모형이 정확하다: 반지름이 x*를 포함하면 끝난다"
    ),
    "as good as the two ends of the spectrum it is given are true": (
        "주어진 스펙트럼의 두 끝이 정확한 만큼 좋음"
    ),
    "step {within} leaves at most {left} of the distance, and {steps} steps bring f − f* to "
    "{share}": (
        "스텝 {within}에서 거리가 처음의 {left}배 이하, {steps}스텝이면 f − f*가 처음의 {share}배"
    ),
    "done in {steps} step, as all curvatures are equal": (
        "모든 곡률이 같으므로 {steps}스텝 만에 끝남"
    ),
    "H comes near Q⁻¹ all the same": "그래도 H는 Q⁻¹에 가까워짐",
    "Q is diagonal: each step leaves {kept} of every coordinate, and {share} of f − f* is left "
    "after step {steps}": (
        "Q가 대각행렬: 스텝마다 모든 좌표가 {kept}배, 스텝 {steps}에서 f − f*가 처음의 {share}배"
    ),
    "Q is not diagonal: its directions are the eigenvectors of diag(Q)⁻¹Q, not of Q, and their "
    "factors 1 − ημ with the eigenvalues μ of that, which lie about 1": (
        "Q가 대각행렬이 아님: 방향은 Q가 아니라 diag(Q)⁻¹Q의 고유벡터이고 배율은 1 − ημ, "
        "여기서 μ는 그 고윳값으로 1 근처의 값"
    ),
    "about {steps} steps to {share}": "f − f*가 {share}배가 되기까지 약 {steps}스텝",
    "as AdaGrad its rates only fall": "AdaGrad처럼 학습률이 계속 감소",
    "comes near, then ends in a cycle of about {cycle} a coordinate: only a falling rate ends "
    "that": "최소점에 다가간 뒤 좌표마다 약 {cycle} 폭으로 순환: 학습률을 줄여야만 끝남",
    "comes near, then ends in a two-cycle of half-width {cycle} about the minimum (η/2 is {half}), "
    "where f − f* is {rest} of the start's: only a falling rate ends that": (
        "최소점에 다가간 뒤 그 주위에서 반폭 {cycle}의 2-순환(η/2 = {half}), 이때 f − f*는 처음의 "
        "{rest}배: 학습률을 줄여야만 끝남"
    ),
    "comes near, then goes on about the minimum at the scale of η = {eta}: only a falling rate "
    "ends that": "최소점에 다가간 뒤 η = {eta} 정도의 크기로 계속 맴돎: 학습률을 줄여야만 끝남",
    "converges: ε lets no rate above {largest}, and 2/λ is {ceiling}": (
        "수렴: ε 때문에 학습률이 {largest} 이하이고 2/λ = {ceiling}"
    ),
    "done in {dim} steps, but for rounding: as many as there are coordinates": (
        "반올림 오차가 없다면 좌표의 수인 {dim}스텝 만에 도달"
    ),
    "done in {steps} steps, but for rounding: as many as different curvatures take part": (
        "반올림 오차가 없다면 서로 다른 곡률의 수인 {steps}스텝 만에 도달"
    ),
    "each step leaves at most {kept} of f − f*, and step {most} at most {share}": (
        "스텝마다 f − f*가 {kept}배 이하, 스텝 {most}에서 {share}배 이하"
    ),
    "each step leaves {kept} of every coordinate": "스텝마다 모든 좌표가 {kept}배",
    "each step leaves {kept} of the distance to x*": "스텝마다 x*까지의 거리가 {kept}배",
    "each step leaves {kept} of the distance to x*, whatever κ: {share} of f − f* is left after "
    "step {steps}": (
        "κ에 관계없이 스텝마다 x*까지의 거리가 {kept}배: 스텝 {steps}에서 f − f*가 처음의 {share}배"
    ),
    "f falls at every step at η = 1": "η = 1이면 스텝마다 f가 감소",
    "f falls at every step at η = 1, at rates that the test lets through": (
        "η = 1이면 조건을 만족하는 학습률로 스텝마다 f가 감소"
    ),
    "goes as conjugate gradients: done in {steps} steps at most": (
        "켤레 기울기법과 같음: 최대 {steps}스텝 만에 도달"
    ),
    "goes as conjugate gradients: done in {steps} steps at most, and H is Q⁻¹ then": (
        "켤레 기울기법과 같음: 최대 {steps}스텝 만에 도달하고 그때 H = Q⁻¹"
    ),
    "in {within} steps it travels about {travel} of {away}": (
        "{within}스텝 동안 거리 {away} 중 약 {travel} 이동"
    ),
    "in {within} steps it travels about {travel} of {away}, and no more than η(2√{within}−1) = "
    "{farthest}: it cannot arrive": (
        "{within}스텝 동안 거리 {away} 중 약 {travel} 이동, 최대 η(2√{within}−1) = {farthest}: "
        "도달할 수 없음"
    ),
    "it shrinks a coordinate below {ceiling}": "{ceiling} 아래에서 좌표가 감소",
    "its lengths lie between {least} and {most}": "학습률은 {least}~{most}",
    "its rates follow the gradients, so no formula tells where it ends": (
        "학습률이 기울기를 따라 변하므로 어디서 끝날지 공식으로 알 수 없음"
    ),
    "its rates keep to what the largest v allows, and no formula tells that": (
        "학습률이 가장 큰 v로 정해지며 그 값은 공식으로 알 수 없음"
    ),
    "its rates only fall, to the order of {settled}, and Q is not diagonal: no rate for each "
    "coordinate can undo that": (
        "학습률이 계속 감소하여 {settled} 정도에 이름; Q가 대각행렬이 아니므로 좌표별 학습률로는 "
        "보정할 수 없음"
    ),
    "on a quadratic linear CG: done in {steps} steps at most": (
        "이차 함수에서는 선형 켤레 기울기법: 최대 {steps}스텝 만에 도달"
    ),
    "only η = 1 is an exact line search": "η = 1일 때만 정확한 직선 탐색",
    "only η = 1 is an exact line search, and that keeps it conjugate": (
        "η = 1일 때만 정확한 직선 탐색이며 켤레성이 유지됨"
    ),
    "only η = 1 keeps its directions conjugate": "η = 1일 때만 방향들이 켤레",
    "settles at rates {settled}, where {needed} would be needed": (
        "학습률이 {settled}에 머묾, 필요한 값 {needed}"
    ),
    "stable from about step {calm} on, once each rate is under 2/λ": (
        "각 학습률이 2/λ보다 작아지는 스텝 {calm}쯤부터 안정"
    ),
    "stable from about step {calm} on, once the rate is under 2/λmax": (
        "학습률이 2/λmax보다 작아지는 스텝 {calm}쯤부터 안정"
    ),
    "stable from some step on, once each rate is under 2/λ": (
        "각 학습률이 2/λ보다 작아지는 스텝부터 안정"
    ),
    "stable from some step on, once the rate is under 2/λmax": (
        "학습률이 2/λmax보다 작아지는 스텝부터 안정"
    ),
    "steps about η = {eta} long, so about {approach} of them to come near": (
        "한 스텝의 길이가 약 η = {eta}이므로 다가가기까지 약 {approach}스텝"
    ),
    "steps from η = {eta} on, longer by {grow} each until a coordinate is past its minimum, then "
    "shorter by {shrink} at each turn: the gradient's size does not matter": (
        "스텝의 길이가 η = {eta}에서 시작해 좌표가 최소점을 지날 때까지 {grow}배씩, 방향이 바뀔 "
        "때마다 {shrink}배: 기울기의 크기는 무관"
    ),
    "steps of at most {d}·η = {eta} times the size of x, and shorter as 1/√t falls below η: no "
    "formula tells where it ends": (
        "스텝의 길이는 x의 크기의 {d}·η = {eta}배 이하이고 1/√t가 η보다 작아지면 더 짧아짐: "
        "어디서 끝날지 공식으로 알 수 없음"
    ),
    "the rate of gradient descent, falling from {eta} to {last} in {within} steps": (
        "경사 하강법의 학습률이 {within}스텝 동안 {eta}에서 {last}까지 감소"
    ),
    "then circles at the scale of η at most: v̂ forgets in {memory} steps, and its rates grow back "
    "to their ceilings {ceiling}": (
        "그 뒤 η 이하의 크기로 맴돎: v̂의 기억은 {memory}스텝, 학습률이 다시 상한 {ceiling}까지 증가"
    ),
    "then it converges, for the sum of its rates has no bound": (
        "그 뒤 학습률의 합이 한없이 커지므로 수렴"
    ),
    "they do so along directions, so turning is nothing to it": (
        "좌표가 아닌 방향을 따라 감소하므로 회전의 영향을 받지 않음"
    ),
    "this is a relaxed form of it": "이것은 완화된 형태",
    "with η = 1 at most ((κ−1)/(κ+1))² of f − f* a step is left": (
        "η = 1이면 스텝마다 f − f*가 ((κ−1)/(κ+1))²배 이하"
    ),
    "with η in (0, 2) f falls at every step": "0 < η < 2이면 스텝마다 f가 감소",
    "without memory it is steepest descent": "기억이 없으면 최급강하법",
    "λ = {decay} pulls it off the minimum, towards 0": (
        "λ = {decay} 때문에 최소점에서 벗어나 0 쪽으로 끌림"
    ),
}

PHRASES: dict[str, str | tuple[str, str]] = {
    "live play": "재생",
    "live pause": "일시 정지",
    "live reset": "처음으로",
    "live fit": "보기 맞추기",
    "live paths": "경로와 시작점",
    "live step": "단계",
    "live of": "{{last}}단계 중 {{step}}단계",
    "live at": "{{step}}단계",
    "live copy": "명령 복사",
    "live copied": "복사됨",
    "live overflow": "넘침",
    "live hidden": "입력한 설정과 시작점에서만 맞는 것은 지금 숨겨져 있습니다",
    "live below": "f가 입력한 실행의 f*보다 작아졌습니다: 그곳의 f − f*는 그려지지 않습니다",
    "live apart": "옵티마이저마다 시작점이 다르면 한 명령으로 쓸 수 없습니다",
    "live untyped": "이 옵티마이저는 다른 설정으로 입력할 수 없습니다",
    "live every": "{{every}}단계마다 하나씩 기록됨",
    "live start": "경로의 시작점; 화살표 키로 옮깁니다",
    "language": "한국어",
    # Words of every figure
    "start": "시작점",
    "minimum": "최소점",
    "maximum": "최대점",
    "saddle": "안장점",
    "flat": "",
    "count minimum": "극소점 {count}개",
    "count maximum": "극대점 {count}개",
    "count saddle": "안장점 {count}개",
    "stationary in view": "그림 안: {points}.",
    "counter": "스텝 {step}",
    "counter_with_value": "스텝 {step}   f = {value}",
    "steps": "{count}스텝",
    "steps after": "{count}스텝",
    # learning rates against the step
    "and": "{first}, {last}",
    "possessive": "{name}의",
    "possessive of s": "{name}의",
    "at step": "스텝 {step}",
    "at steps": "스텝 {steps}에서",
    "first at step": "스텝 {step}에서 처음으로",
    "coordinates": "좌표 {count}개",
    "all coordinates": "모든 좌표",
    "fastest": "{name} (가장 빠름)",
    "slowest": "{name} (가장 느림)",
    "ceiling": "상한 {formula} = {value}",
    "ceiling of coordinate": "{name}의 상한 {formula} = {value}",
    "ceiling of coordinate, short": "{name}의 상한 {value}",
    "ceilings": "상한 {values}",
    "of optimizer": "{name}: {text}",
    "grows above ceiling": "상한 위에서 {name} 증가",
    "grows above ceiling, any": "상한 위에서 좌표 증가",
    "rate crosses ceiling": "{whose} 학습률이 {at} 상한을 넘음",
    "rate crosses ceilings of": "{whose} 학습률이 {at} {names}의 상한을 넘음",
    "rates cross ceilings": "{whose} 학습률들이 {at} 각자의 상한을 넘음",
    "rates of cross ceilings": "{whose} {names} 학습률이 {at} 상한을 넘음",
    "rate above ceiling": "{whose} 학습률이 계속 상한보다 큼",
    "rate above ceilings of": "{whose} 학습률이 계속 {names}의 상한보다 큼",
    "rates of above ceilings": "{whose} {names} 학습률이 계속 상한보다 큼",
    "rates only fall": "{whose} 학습률이 계속 감소",
    "rate below ceilings": "{whose} 학습률이 계속 상한보다 작음",
    "rates below ceilings": (
        "{whose} 학습률들이 계속 상한보다 작음",
        "{whose} 학습률들이 계속 각자의 상한보다 작음",
    ),
    "rates below the ceiling": (
        "{whose} 학습률이 계속 상한보다 작음",
        "{whose} 학습률들이 계속 상한보다 작음",
    ),
    "rates of": "{names}의 {quantity}",
    "effective rates": "유효 학습률",
    "realised rates": "실제 비율 −Δx/g",
    "asymptotic rates": "점근 학습률",
    "effective rate axis": "유효 학습률 {formula}",
    "realised rate axis": "실제 비율 {formula}",
    "asymptotic rate axis": "점근 학습률",
    "step axis": "스텝 $t$",
    "log axis": "{axis}, 로그 축",
    "rate span": "{name}: {first}에서 {last}까지",
    "rate constant": "{name}: {value}",
    "rate span, between": "{name}: 스텝 {begin}의 {first}에서 스텝 {end}의 {last}까지",
    "no rate": "{name}: 학습률 없음",
    "median of coordinates": "좌표 {count}개의 중앙값",
    "bands of coordinates": "띠는 좌표의 {shares}%",
    "gaps": "빈 곳은 오르막 스텝",
    "crossing": "{name}: 스텝 {step}에서 상한 {value} 초과",
    # ceilings that move
    "moving ceiling": "상한 {formula}",
    "moving ceiling of": "{name}의 상한 {formula}",
    "guide": "기준선 {formula}",
    "meaning of guide": "기준선 아래에서는 어느 방향도 커지지 않으며, 위라고 반드시 커지지는 않음",
    "ceiling span": "{name}의 상한: {first}에서 {last}까지",
    "guide span": "C/λmax(H): {first}에서 {last}까지",
    # the sharpness against the step
    "sharpness of": "{names}의 전처리된 첨예도",
    "sharpness axis": r"첨예도 $\lambda_\mathrm{{max}}(\mathrm{{diag}}(\eta_t)\,H(x_t))$",
    "sharpness ratio axis": (
        r"상한에 대한 첨예도 $\lambda_\mathrm{{max}}(\mathrm{{diag}}(\eta_t)\,H(x_t))/C$"
    ),
    "sharpness ceilings": "상한: 첨예도가 $C$와 같음, 규칙마다 {values}",
    "sharpness never above": "{whose} 첨예도가 상한을 넘지 않음",
    "sharpness always above": "{whose} 첨예도가 {count}개 스텝 모두에서 상한을 넘음",
    "sharpness above": "{whose} 첨예도가 {steps}개 스텝 중 {count}개에서 상한을 넘음",
    "grows above sharpness": "상한 위에서 선형화한 스텝이 커짐",
    "gaps of negative rates": "빈 곳은 학습률이 음수인 스텝",
    "gaps without curvature": "빈 곳은 어느 방향으로도 아래로 볼록하지 않은 스텝",
    "sharpness alt": "전처리된 첨예도: {text}",
    "sharpness span": "{first}에서 {last}까지, 스텝 {step}에서 최대 {most}",
    "no sharpness": "어느 스텝에도 없음",
    "never above": "{value} 초과 없음",
    "steps above": "{count}개 스텝에서 {value} 초과, 처음은 스텝 {step}",
    # logs of trainings
    "training": "학습",
    "all parameters": "모든 매개변수",
    "group": "그룹 {number}",
    "trainings": "학습 {word}건",
    "median rates only fall": "{whose} 학습률 중앙값이 계속 감소",
    "rates of groups": "그룹 {count}개에서 {first}~{last}",
    "steps between": "{least}~{most}스텝",
    "of a training": "학습 {steps}",
    "medians of entries": "선은 성분들의 중앙값",
    "medians and bands": "선은 성분들의 중앙값, 띠는 성분의 {shares}%",
    "medians": "중앙값: {text}.",
    "effective or realised rate axis": "유효 학습률 또는 실제 비율",
    "time axis s": "시간(초)",
    "time axis min": "시간(분)",
    "time axis h": "시간(시간 단위)",
    "time axis d": "시간(일)",
    "no value": "{name}: 값 없음",
    "thin lines": "가는 선은 층 {count}개",
    "other thin lines": "이름은 끝값이 가장 크거나 작은 층, 가는 선은 다른 층 {count}개",
    "other thin lines by": (
        "이름은 {quantity}의 끝값이 가장 크거나 작은 층, 가는 선은 다른 층 {count}개"
    ),
    "whole groups": "각 그룹의 모든 매개변수",
    "ratio axis": r"$\log_{{10}}\,\|\Delta p\|/\|p\|$",
    "ratios": "갱신의 상대적 크기",
    "line of usual ratio": "선은 −3, 매개변수의 1000분의 1",
    "never moved": ("움직이지 않은 층: {layers}", "움직이지 않은 층 {count}개: {layers}"),
    "usual ratio": "−3, 매개변수의 1000분의 1",
    "last ratio": "{whose} 마지막 갱신은 매개변수의 {low}배",
    "last ratios": "{whose} 마지막 갱신은 매개변수의 {low}~{high}배",
    "norms": "기울기, 갱신, 매개변수의 노름",
    "norm of grad": r"기울기 노름 $\|g\|$",
    "norm of update": r"갱신 노름 $\|\Delta p\|$",
    "norm of parameter": r"매개변수 노름 $\|p\|$",
    "edge axis": r"상한 대비 전처리된 첨예도 $\lambda/C$",
    "edge axis, critical": "갱신 방향 임계 비율의 역수",
    "edge line": "안정성의 경계",
    "raw sharpness axis": r"손실의 첨예도 $\lambda_{{\max}}(H)$",
    "nominal rate axis": r"학습률 $\eta$",
    "loss axis": "손실",
    "loss of trainings": "손실",
    "schedule of trainings": "학습률",
    "learning rate of": "{whose} 학습률",
    "loss falls": "{whose} 손실이 {first}에서 {last}(으)로 감소",
    "loss rises": "{whose} 손실이 {first}에서 {last}(으)로 증가",
    "loss stays": "{whose} 손실은 처음과 끝이 {last}",
    "loss is": "{whose} 손실은 {last}",
    "loss lost": "{whose} 손실이 스텝 {step}부터 유한하지 않음",
    "sharpness lost": "{name}: 스텝 {step}부터 첨예도가 유한하지 않음",
    "not finite since": "스텝 {step}부터 유한하지 않음",
    "is at edge": "{name}: 스텝 {step}부터 안정성의 경계",
    "is below edge": "{name}: 줄곧 안정성의 경계보다 {factor}배 이상 아래",
    "is below edge since": "{name}: 스텝 {step}부터 안정성의 경계보다 {factor}배 이상 아래",
    "is above edge": "{name}: 줄곧 안정성의 경계보다 {factor}배 이상 위",
    "is above edge since": "{name}: 스텝 {step}부터 안정성의 경계보다 {factor}배 이상 위",
    "rises above edge": "{name}: 스텝 {step}에서 안정성의 경계 위로, λ/C = {ratio}",
    "near edge": "{name}의 안정성의 경계",
    "at edge": "스텝 {step}부터 경계",
    "below edge": "경계보다 {factor}배 이상 아래",
    "below edge since": "스텝 {step}부터 경계보다 {factor}배 이상 아래",
    "above edge": "경계보다 {factor}배 이상 위",
    "above edge since": "스텝 {step}부터 경계보다 {factor}배 이상 위",
    "edge crossed": "경계의 아래와 위를 오감",
    "edge uncertain": "최대 {percent} % 불확실(기울기의 차분)",
    "edge far": "이만큼 위에 머무는 학습은 없음: BatchNorm 앞에 편향이 있는지 확인",
    "trainings at": "{names}: 안정성의 경계",
    "trainings below": "{names}: 안정성의 경계 아래",
    "trainings above": "{names}: 안정성의 경계 위",
    "trainings edge": "{names}: 안정성의 경계와의 거리",
    "spike": "스텝 {step}(λ/C = {ratio})",
    "above at": ("경계 위, 가장 높은 곳: {spikes}", "경계 위 {count}번, 가장 높은 곳: {spikes}"),
    "row edge": "λ/C",
    "row sharpness": "첨예도",
    "row rates": "학습률",
    "row schedule": "스케줄",
    "row loss": "손실",
    # the loss against the step
    "epoch axis": "에포크",
    "time axis": r"시간($\eta$의 합)",
    "against step": "스텝",
    "against epoch": "에포크",
    "against time": "학습률의 합",
    "gap": "f − f*",
    "distance": "최소점까지의 거리",
    "gradient": "기울기 노름",
    "value": "f",
    "expected gap": "f − f*의 기댓값",
    "expected distance": "최소점까지의 거리의 제곱평균제곱근",
    "expected gradient": "기울기 노름의 제곱평균제곱근",
    "median gap": "시드 {count}개의 f − f* 중앙값",
    "median distance": "시드 {count}개의 최소점까지의 거리 중앙값",
    "median gradient": "시드 {count}개의 기울기 노름 중앙값",
    "median value": "시드 {count}개의 f 중앙값",
    "on a log axis": "{against}에 따른 {quantity} (로그 축)",
    "on log axes": "{against}에 따른 {quantity} (두 축 모두 로그, 시작점 제외)",
    "minimum unknown": "{formula}, 최솟값 모름",
    "mean": "평균",
    "noise": "잡음",
    "sum of mean and noise": "합",
    "zero after step": "스텝 {step} 이후 0",
    "lost value": "스텝 {step}에서 f의 값이 없음",
    "lost gradient": "스텝 {step}에서 f의 기울기가 없음: 꺾인 점",
    "overflows": "스텝 {step}에서 오버플로",
    "diverges": "발산",
    "theory": "이론: 스텝마다 {factor}배",
    "theory bound": "이론: {name}, 스텝마다 많아야 {factor}배",
    "at most factor": "≤ {factor}",
    "theory of": "이론: {name}, 스텝마다 {factor}배",
    "overflows at once": "곧바로 오버플로",
    "coordinates figure": "좌표",
    "coordinate from origin": "$x_t$의 좌표",
    "coordinate from minimum": "$x_t-x^*$의 좌표",
    "goes from": "{first}에서 {steps} 뒤 {last}까지",
    "lowest then rises": "{name}: 스텝 {step}에서 가장 낮고 그 뒤 증가",
    "least between": ", 스텝 {step}에서 최소 {least}",
    "falls between": "스텝 {begin}의 {first}에서 {steps} 뒤 {last}까지",
    # maps and sweeps
    "axis eta": "학습률 ${letter}$",
    "axis momentum": "모멘텀 ${letter}$",
    "axis beta2": "2차 모멘트 감쇠율 ${letter}$",
    "axis rho": "감쇠율 ${letter}$",
    "axis decay": "가중치 감쇠 ${letter}$",
    "axis letter": "${letter}$",
    "axis angle": "회전 각도(°)",
    "axis kappa": r"조건수 $\kappa$",
    "axis start": "시작점의 방향(°)",
    "tenth": "1/10",
    "hundredth": "1/100",
    "thousandth": "1/1000",
    "millionth": "10⁻⁶",
    "billionth": "10⁻⁹",
    "sweep of one": "{name}: {quantity}",
    "sweep steps": "초깃값의 {fraction}배가 될 때까지의 스텝 수",
    "sweep f": "{steps}스텝 뒤의 f − f*",
    "sweep rate": "수렴률",
    "sweep status": "{steps}스텝의 결과",
    "sweep subtitle": "{objective}, {start}에서 출발",
    "at most": "최대 {count}스텝",
    "value steps": "스텝 수",
    "value f": "$f(x_t)-f^*$",
    "value rate": "수렴률",
    "value status": "상태",
    "diverges above": "{value} 초과이면 발산",
    "diverges from": "{value} 이상이면 발산",
    "over": "{count} 초과",
    "over steps": "{count} 초과",
    "cycling": "순환",
    "stalled": "정체",
    "not measurable": "측정 불가",
    "starts steps": "시작점별 스텝 수",
    "starts status": "시작점별 {steps}스텝의 결과",
    "starts basin": "각 시작점에서 {steps}스텝 뒤의 끝점",
    "value basin": "끝점",
    "value curvature": "그곳의 $\\lambda_{{\\mathrm{{max}}}}$",
    "value height": "그곳의 $f$",
    "basin none": "최소점에 머물지 않음",
    "basin about": "주변에서 계속 움직임",
    "basin curvature": "$\\lambda_{{\\mathrm{{max}}}}$ = {value}",
    "basin above": "$\\lambda_{{\\mathrm{{max}}}}$ = {value}: 머물 수 없음",
    "basin share": "{point}에서 끝난 비율 {share}, λmax {value}",
    "basin share about": "{point} 주변에서 계속 움직이는 비율 {share}, λmax {value}",
    "basin share of many": "저마다 다른 최소점에서 끝난 비율 {share}, λmax {low}~{high}",
    "basins refused": "λmax가 C/η = {limit}보다 큰 곳에는 머물지 않음: {values}",
    "starts moves": "시작점별 첫 스텝",
    "starts": "시작점 {count}개",
    "starts until": "$f-f^*$가 초깃값의 {fraction}배가 될 때까지",
    "starts alt": "{quantity}, {count}개, 목적 함수 {objective}. {summaries}.",
    "count of": "{status} {count}개",
    "steps from to": "{low}~{high}스텝",
    "rate is": "수렴률 {value}",
    "f is": "f − f* = {value}",
    "best by theory": "이론상 최적",
    "point": "{point}\n{value}",
    "setting": "{letter} = {value}",
    "grows above": "1을 넘으면 발산",
    "by theory": "이론",
    # modes of loss
    "axis step": "스텝 $t$",
    "axis gap": "$f(x_t)-f^*$",
    "mode": "λ{number} = {value}",
    "from": "{head}, {start}에서 출발",
    "from after facts": "{head}, {start}에서 출발",
    "modes alt": "f − f*의 고윳값별 성분, 고윳값 {values}. {runs}",
    "modes of": "{name}: 시작점에서 {first}, 스텝 {step}에서 {last}",
    "milestones alt": "각 모드가 백분의 일로 줄어들 때: {text}",
    "milestones of": "{name}: {text}",
    "milestone": "{share}까지",
    "milestone at": "λ = {value} → 스텝 {step}",
    "milestone never": "λ = {value} → 이 스텝 안에 줄어들지 않음",
    "percent": "{value}%",
    # heat maps
    "heat title distance": "각 좌표에서 최솟점까지의 거리",
    "heat title rate": "각 좌표의 유효 학습률",
    "heat title gradient": "각 좌표의 기울기",
    "heat title distance eigen": "각 고유벡터 방향으로 최솟점까지의 거리",
    "heat title gradient eigen": "각 고유벡터 방향의 기울기",
    "heat distance": "$|x_i-x_i^*|$",
    "heat distance eigen": r"$|u_i^\top(x-x^*)|$",
    "heat gradient eigen": r"$|u_i^\top\nabla f|$",
    "heat rate": "유효 학습률",
    "heat gradient": r"$|\partial f/\partial x_i|$",
    "heat rows": "좌표",
    "heat rows by curvature": "곡률 순서의 좌표",
    "heat row": "{name}, {letter} = {value}",
    "heat leaves": "{name}: {of} {dim}개 중 {count}개가 출발할 때의 1% 위에 남음",
    "heat done": "{name}: {steps} 만에 {of} {dim}개가 모두 출발할 때의 1% 아래로",
    "heat of": "좌표",
    "heat of eigen": "고유 방향",
    "heat alt": "{quantity} (한 줄에 하나씩 색으로).",
    "heat told": (
        "{name}: 출발할 때 {low}에서 {high}, {steps} 뒤 {least}에서 {most}, 가장 큰 곳은 {row}"
    ),
    "heat lost": "{name}: 스텝 {step}에서 오버플로",
    # residual polynomials
    "axis polynomial": r"$P_t(\lambda)$",
    "polynomial of": "t = {degree}",
    "polynomials": "{degree}스텝 뒤 각 고유벡터 성분에 남는 것",
    "polynomial leaves": "{name}: {steps} 뒤 어느 고유벡터 성분도 {share} 이하로 남음",
    "polynomial grows": "{name}: {steps} 만에 한 고유벡터 성분이 {factor}배로 커짐",
    "polynomial done": "{name}: {steps} 뒤 모든 고윳값이 영점이 되어 남는 것이 없음",
    "polynomial alt": "{objective}: 스펙트럼 위의 잔차 다항식. {text}.",
    "polynomial told": "{name}: {degree}스텝 뒤 가장 나쁜 값은 λ = {place}에서 {worst}",
    # phase portraits
    "axis distance": "$x_t-x^*$",
    "axis velocity": "$x_t-x_{{t-1}}$",
    "axis mean": "평균 $m_t$",
    "border lazy": "느림 | 견고",
    "border robust": "견고 | 교대",
    "border knife": "느림 | 교대",
    "border monotone": "단조 | 교대",
    "regime monotone": "단조",
    "regime critical": "임계",
    "regime oscillating": "진동",
    "regime alternating": "교대",
    "regime diverging": "발산",
    "phase monotone": "{name}: λ = {value} 방향으로 단조 감소",
    "phase critical": "{name}: λ = {value} 방향에서 임계",
    "phase oscillating": "{name}: λ = {value} 방향으로 나선을 그리며 수렴",
    "phase alternating": "{name}: λ = {value} 방향에서 부호가 번갈아 바뀜",
    "phase diverging": "{name}: λ = {value} 방향으로 발산",
    "phase cases": "{name}: 한 고유 모드의 여러 영역",
    "phase modes": "{name}: 각 고유벡터 방향의 움직임",
    "phase several": "λ = {value}의 고유 모드",
    "phase case": "{regime}, {setting}",
    "phase mode": "λ = {value}, {regime}",
    "phase factor": "스텝마다 {value}배",
    "phase of": "{name}, {regime}",
    "phase map": "영역",
    "phase alt": "거리와 속도의 평면에서 본 고유 모드. {text}.",
    "phase told": "{name}, λ = {value}: {regime}, 결국 스텝마다 {factor}배",
    "phase measured": "{name}, λ = {value}: {steps} 뒤 {last} 이내",
    # one step taken apart
    "step of": "{name}, {steps}스텝 중 스텝 {step}",
    "with settings": "설정: {settings}",
    "law of step": "방향 $d$, 척도 $s$에 대해 {law}:",
    "the box": "상자",
    "box beyond": "상자 {name}: 화면 밖",
    "in true length": "{names}: 실제 길이",
    "scaled": "{names}: 실제 길이의 {unit}배",
    "model ellipse": "타원: 이 점을 지나는 국소 이차 모형의 등위선",
    "model without ellipse": "국소 이차 모형에 최솟점이 없어 타원도 없음",
    "minimum of model": "모형의 최솟점",
    "coordinate of step": "{name}: 기울기 {gradient}, 유효 학습률 {rate}, 이동 {move}",
    "step alt": (
        "{name}, 목적 함수 {objective}. 스텝 {step}, {before}에서 {after}까지: {coordinates}."
    ),
    # the verdict of inspect
    "nature positive": "양의 정부호",
    "nature positive semi": "양의 준정부호",
    "nature negative": "음의 정부호",
    "nature negative semi": "음의 준정부호",
    "nature indefinite": "부정부호",
    "nature zero": "Q = 0",
    "condition": "조건수 {kappa}",
    "condition both": "조건수 {kappa}, 대각 사전 조건화 후 {after}",
    "condition same": "조건수 {kappa}, 대각 사전 조건화를 해도 그대로",
    "no condition": "{nature}: 최소점 없음",
    "spectrum of": "{matrix}: κ = {kappa}",
    "matrix": "Q",
    "preconditioned": "대각 사전 조건화 후",
    "preconditioned shortly": "조건화 후",
    "none": "없음",
    "eigenvalue": "λ = {value}",
    "axis eigenvalue": r"고윳값 $\lambda$",
    "eigenvalues are": "고윳값 {values}",
    "all equal": ("고윳값 {value}", "고윳값 {count}개 모두 {value}"),
    "stems": "선: 고윳값",
    "stems and ranges": "선: 고윳값; 막대: 게르시고린 구간",
    "scaled by": r"변수 $z=D^{{1/2}}x$, $D=\mathrm{{diag}}\,Q$",
    "cannot precondition": "대각 사전 조건화 불가: Q의 대각 성분 중 0 이하인 것이 있음",
    "no minimum": "{nature}, 최소점 없음",
    "minimum at": "{nature}, {point}에서 $f^*$ = {value}",
    "inspect alt": "{objective}: 고윳값 {values}; {rest}",
    "kappa": "κ {value}",
    "kappa after": "대각 사전 조건화 후 {value}",
    # the verdict at a point of any function
    "point leaves": "어떤 학습률로도 머물 수 없음: {point}에서 멀어짐",
    "point unknown": "알려진 상수 C가 없음",
    "point without ceiling": "상한이 없음: 어느 방향으로도 아래로 볼록하지 않음",
    "point bears rates": "유효 학습률이 {limit} 미만일 때 안정",
    "point bears": "η가 {limit} 미만일 때 안정",
    "point stable": "안정: {eta} < {limit}",
    "point unstable": "불안정: {eta} > {limit}, 선형화한 스텝이 커짐",
    "point rests": ("머물 수 있음: {eta} < {limit}, 가장 느린 방향은 스텝마다 {factor}배"),
    "point cannot rest": (
        "머물 수 없음: {eta} > {limit}, 가장 가파른 방향은 스텝마다 {factor}배로 커짐"
    ),
    "stationary points": "정류점 {count}개",
    "typed points": "점 {count}개",
    "points rest": "{name}: 최솟점 {count}개 중 {held}개에 머물 수 있음",
    "rows of eigenvalues": "행: 각 점에서 H의 고윳값",
    "no stationary point": "정류점이 발견되지 않음",
    "lowest points": "가장 낮은 {count}개만 행이 있음",
    "axis eigenvalue of H": r"$H(x)$의 고윳값",
    "limit of eigenvalues": r"$C/\eta$ = {value}",
    "point at": "{point}의 {kind}",
    "point minimum": "최솟점",
    "point saddle": "안장점",
    "point maximum": "최댓점",
    "point flat": "평평한 점",
    "point slope": "비탈",
    "point kink": "꺾인 점",
    "point without Hessian": "{text}, 헤세 행렬 없음",
    "and more points": "그 밖에 {count}개",
    # the verdict on an optimizer
    "verdict constant": "f가 어디에서나 같음: 움직이지 않음",
    "verdict starts at minimum": "시작점이 이미 최소점: 움직이지 않음",
    "verdict starts at saddle": "시작점이 이미 안장점: 움직이지 않음",
    "verdict starts at maximum": "시작점이 이미 최대점: 움직이지 않음",
    "verdict rate of 0": "학습률이 0이어서 움직이지 않음",
    "verdict moving momentum": (
        "스케줄이 학습률과 모멘텀을 함께 바꾸므로 어디서 끝날지 공식으로 알 수 없음"
    ),
    "verdict clipped": (
        "{part} > {limit}일 때 기울기를 클리핑하므로 어디서 끝날지 공식으로 알 수 없음; 그보다 "
        "작으면 클리핑이 없을 때와 같음"
    ),
    "verdict rate": "η = {eta}",
    "verdict largest rate": "가장 큰 학습률 {eta}(스텝 {step})",
    "verdict rate kept": "{eta} 유지 시: {sentence}",
    "verdict no minimum": (
        "최솟값 없음: f가 끝없이 감소하는 방향 {where} (λ = {value})",
        "최솟값 없음: f가 끝없이 감소하는 방향 {where} (최소 λ = {value})",
    ),
    "verdict slope": "최솟값 없음: 곡률이 0인 방향으로 f가 끝없이 감소, 기울기 {value}",
    "verdict beyond floats": "최소점이 부동소수점 범위 밖에 있음",
    "verdict follows": "{sentence}; {name}: 실행하는 동안 계속 따라 내려감",
    "verdict no rate": (
        "{sentence}; 어떤 학습률에서도 불안정; {eta}에서 {point}: 스텝마다 {growth}배"
    ),
    "verdict from saddle": "안장점까지의 거리",
    "verdict from maximum": "최대점까지의 거리",
    "verdict up to": "최대 {value}",
    "verdict down the slope": "{sentence}; {eta}에서 결국 한 스텝에 {value}만큼 내려감",
    "verdict ridge": ("{sentence}; 이 시작점에는 그 방향의 성분이 없어 반올림 오차로만 벗어남"),
    "verdict every direction": "모든 방향",
    "verdict and more": "{first} 외 {count}개",
    "verdict flat direction": "완만한 방향 {name}",
    "verdict steep direction": "가파른 방향 {name}",
    "verdict both ends": "완만한 방향과 가파른 방향",
    "verdict both ends named": "완만한 방향과 가파른 방향({names})",
    "verdict diverges": (
        "발산: {eta} > 안정한 최대 학습률 {limit}; {modes} 방향의 성분이 스텝마다 {growth}배"
    ),
    "verdict unstable": (
        "처음에 불안정: {eta} > 안정한 최대 학습률 {limit}; 그동안 {modes} 방향의 성분이 스텝마다 "
        "최대 {growth}배"
    ),
    "verdict more grow": "{sentence} (그 밖에 {count}개 방향도 증가)",
    "verdict stands still": "제자리: {eta}에서 {modes}의 성분이 반올림 오차보다 적게 감소",
    "verdict edge": "경계: 안정한 최대 학습률 {limit}; {modes}의 성분이 줄어들지 않음",
    "verdict flat": "{sentence}; 곡률이 0인 방향으로는 그대로",
    "verdict stable": (
        "안정: {eta} < 안정한 최대 학습률 {limit}; 이때 {modes}의 성분이 스텝마다 {factor}배"
    ),
    "verdict shrinks": (
        "{modes}의 성분이 스텝마다 {factor}배, f − f*가 {tolerance}배가 되기까지 {steps}"
    ),
    "verdict steps": "약 {count}스텝",
    "verdict never": "도달하지 않음",
    "verdict single step": "한 스텝 만에 도달",
    "verdict best": "최적값 {settings}",
    "verdict kappa": "κ = {kappa}: {settings}에서 {pace}",
    "verdict kappa where curved": "곡률이 있는 방향에서 κ = {kappa}: {settings}에서 {pace}",
    "verdict better": "{sentence}; {settings}에서는 {count}스텝",
    # why the condition number of a data set is large
    "why zero": "{names}: 모든 행에서 0이므로 그 가중치는 영향이 없음",
    "why scales": "특성의 크기가 다름: {first} {large}, {last} {small}(제곱평균제곱근)",
    "advice scales": "--standardize로 크기를 맞출 수 있음",
    "why few rows": "행 {rows}개로는 가중치 {weights}개를 정할 수 없음: 평평한 방향 {count}개",
    "why dependent": (
        "{names}: 정확히 선형 종속, 어떤 일차 결합이 0",
        "{names}: 정확히 선형 종속, 어떤 일차 결합이 0이며 이런 조합 {count}개",
    ),
    "why together": "{names}: 함께 변함, 상관계수 {value}",
    "why against": "{names}: 반대로 변함, 상관계수 {value}",
    "why off centre": (
        "{name}: 퍼진 정도에 비해 0에서 멀어({mean} ± {spread}) 열들의 방향이 비슷함"
    ),
    "advice centre": "--standardize로 중심을 0에 맞출 수 있음",
    "why explained": "{name}: 다른 특성들로 {share}% 설명되어 고유한 정보가 적음",
    # descriptions of sweeps
    "axis range": "{name} {low}~{high}",
    "axis list": "{name} {values}",
    "sweep alt": "{name}, 목적 함수 {objective}, {axes}: {summary}.",
    "sweep least": "{quantity}, {place}에서 최소 {value}; {lost}에서 발산",
    "sweep lost": "{lost}에서 발산",
    "sweep in": "{share}에서 {status}",
    "points": "점의 {share}%",
    "f gap": "{steps}스텝 뒤의 f − f*",
    "counts": "",
    # Titles: what came of a run, of several, and who ran where nothing can be claimed
    "title converged": "{name}: 수렴",
    "title converged in": "{name}: {steps} 만에 수렴",
    "title converged saddle in": "{name}: {steps} 만에 안장점으로 수렴",
    "title converged maximum in": "{name}: {steps} 만에 최대점으로 수렴",
    "title converged at once": "{name}: 최소점에서 출발",
    "title stalled": "{name}: 최소점에 이르기 전에 정체",
    "title cycling": "{name}: 순환하며 끝남",
    "title cycling about": "{name}: 최소점 주위를 순환",
    "title lost": "{name}: f의 값이 없는 곳으로 이동",
    "title diverged": "{name}: 발산",
    "title every start": "{claim} (시작점 {word}개 모두)",
    "title every rate": "{claim} (학습률 {word}개 모두)",
    "title every setting": "{claim} (설정 {word}개 모두)",
    "title all optimizers": "옵티마이저 {word}개 모두",
    "title all paths": "경로 {word}개 모두",
    "title each": "{names}, 각 {steps}",
    "title starts": "{names}, 시작점 {word}개",
    "title rates": "{name}, 학습률 {word}가지",
    "title values": "{name}, {symbol} 값 {word}가지",
    "title settings": "{name}, 설정 {word}가지",
    "title dialects": "{name}, 구현 {word}가지",
    "title optimizers": "옵티마이저 {word}개",
    "title paths": ("경로", "경로 {word}개"),
    # Subtitles: settings, objective, steps, start, end, noise
    "on": "{settings}, {objective}",
    "ran on": "{name}, 목적 함수 {objective}",
    "variables": "변수 {count}개",
    "rotated": "{degrees}° 회전",
    "gradients of": "{file}의 기울기",
    "walk": "{start}에서 {steps}",
    "walk to": "{start}에서 {end}까지 {steps}",
    "walk in plane": "{walk}, {plane}",
    "dots": "점은 {count}스텝마다",
    "tried": "×는 시도한 뒤 버린 점",
    "cycle since": "스텝 {step}부터 순환",
    "several sources": "기울기 {count}종류",
    "seed": "{source}, 시드 {seed}",
    "median": "{source}; 시드 {count}개의 중앙값",
    "median in band": "{source}; 시드 {count}개의 중앙값, 띠는 그중 90%",
    "median in bands": "{source}; 시드 {count}개의 중앙값, 띠는 그중 50%, 90%",
    "exact law": "{source}; 정확한 분포",
    "exact law in rings": "{source}; 정확한 분포의 1σ, 2σ",
    "law and draws": "{law}, 표본 {count}개",
    # How rates of a comparison were chosen
    "fair same eta": "모두 η = {eta}",
    "fair first step": "각 η는 첫 스텝의 길이를 {length}에 맞춘 값",
    "fair tuned": "각 η는 {least}에서 {most}까지 {count}개 중 스텝 {step}의 f가 가장 작은 값",
    # Gradients
    "noise normal": "가우스 잡음이 있는 기울기, {size}",
    "noise uniform": "균등 잡음이 있는 기울기, {size}",
    "noise student": "스튜던트 t 잡음이 있는 기울기, {size}",
    "correlated": "상관 있음",
    "sparse": "좌표별 관측 확률 p = {p}",
    "sparse scaled": "좌표별 관측 확률 p = {p}, 1/p배",
    "minibatches": "크기 {size}의 미니배치",
    "minibatches replaced": "크기 {size}의 미니배치, 복원 추출",
    "gradients other": "{text}의 기울기",
    "gradients unknown": "기울기 {text}",
    # Schedules alone
    "schedule axis": "학습률 $\\eta(t)$",
    "schedules": "학습률 스케줄 {word}개, 각 {steps}",
    "schedule subtitle": "{name}, {steps}",
    "schedule alt": "스텝에 따른 학습률, {steps}: {text}.",
    "schedule stays": "{name}: {first} 유지",
    "schedule falls": "{name}: {first}에서 {last}까지 감소",
    "schedule rises": "{name}: {first}에서 {last}까지 증가",
    "schedule rises and falls": "{name}: 스텝 {top}에서 {high}까지 증가한 뒤 {last}까지 감소",
    "schedule falls and rises": "{name}: 스텝 {bottom}에서 {low}까지 감소한 뒤 {last}까지 증가",
    "schedule goes between": "{name}: {low}에서 {high}까지 오르내림",
    "rates between": "학습률 {low}~{high}",
    # Outcomes, beside the end of a path
    "named": "{name} {outcome}",
    "named long": "{name}: {outcome}",
    "stalls at": "{value}에서 정체",
    "cycles at": "순환, {value}",
    "leaves": "스텝 {step}에서 화면 밖으로, {size}",
    "leaves later": "스텝 {step}에서 화면 밖으로, 스텝 {last}에서 {size}",
    "leaves and overflows": "스텝 {step}에서 화면 밖으로, 스텝 {last}에서 오버플로",
    "starts out of view": "화면 밖에서 출발",
    # Statuses
    "status converged": "수렴",
    "status stalled": "정체",
    "status cycling": "순환",
    "status diverged": "발산",
    "status running": "진행 중",
    # Descriptions of paths
    "described": "{name}: {path}, {steps}",
    "nameless": "경로",
    "without setting": "{name} 없음",
    "shape point": "한 점, {end}",
    "shape step": "한 스텝, {end}",
    "shape monotone": "되돌아가지 않는 경로, {end}",
    "shape zigzag": "지그재그 경로, {end}",
    "shape path": "경로, {end}",
    "end stalled": "{point}에서 정체",
    "end cycling": "{point} 주위를 순환",
    "end converged": "{point}에 수렴",
    "end diverged": "발산, 마지막 점 {point}",
    "end running": "{point}에 도달",
    # Planes and panels
    "plane of eigenvectors": "고유벡터 축",
    "plane of extremes": "가장 완만한 방향과 가장 가파른 방향의 평면",
    "plane of": "{names} 평면",
    "plane through end": "경로의 끝을 지나는 {plane}",
    "plane through start": "시작점을 지나는 {plane}",
    "run": "실행 {number}",
    # The page of a batch
    "page gallery": "갤러리",
    "page section": "그림",
    "page search": "검색",
    "page figures": "그림 {count}개",
    "page found": "{figures} 중 {count}개",
    "page no word": "이 단어가 있는 그림이 없습니다.",
    "page no words": "이 단어들이 모두 있는 그림이 없습니다.",
    "page footer": "optviz {version}",
    "page before": "이전 그림",
    "page after": "다음 그림",
    "page close": "닫기",
    "page place": "{count}개 중 {place}번째",
    "page alive": "움직일 수 있는 그림 열기",
    "page film": "영상",
    "page nothing": "여기서 볼 수 없는 형식: {formats}",
    "page copy": "복사",
    "page copied": "복사됨",
    "page selected": "선택됨",
    "page spec": "명세",
    "page numbers": "수치: 명령에 -o {file}",
    "page bytes": "{octets}바이트",
    "key search": "검색",
    "key move": "이전 그림, 다음 그림",
    "key close": "닫기",
    "final values": "최종값",
    "final optimizer": "옵티마이저",
    "final start": "시작점",
    "final steps": "스텝 수",
    "final status": "상태",
    "final since": "{status}(스텝 {step}부터)",
    "final median": "시드 {count}개의 중앙값",
    "final expected": "기댓값",
    "final more": "외 {count}개",
}
