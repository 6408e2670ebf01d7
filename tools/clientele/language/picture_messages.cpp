// Titles, sentences and captions of a report's pictures, in each language.
#include "tools/clientele/language/messages.hpp"

namespace clientele::tools {

namespace {

constexpr Message picture_table[] = {
    // Parts of profit.
    {"part.gross_margin", "gross margin", "毛利", "margen bruto"},
    {"part.discount_given", "discount", "折扣", "descuento"},
    {"part.surcharges", "surcharges", "附加费", "recargos"},
    {"part.rebate_accrued", "rebates", "返利", "rappels"},
    {"part.care_cost", "care", "客户维护", "atención al cliente"},
    {"part.expedite_cost", "faster deliveries", "加急交付", "entregas urgentes"},
    {"part.offer_cost", "offers", "促销", "ofertas"},
    {"part.insurance_cost", "credit insurance", "信用保险", "seguro de crédito"},
    {"part.logistics_cost", "shipping and handling", "物流", "logística"},
    {"part.acquisition_cost", "acquisition", "获客", "captación"},
    {"part.administration_cost", "administration", "管理", "administración"},
    {"part.written_off", "losses on what is owed", "坏账损失", "pérdidas por impagos"},
    {"part.returned", "credited for goods that come back", "退货贷记", "abonos por devoluciones"},
    {"part.goods_returned", "goods that come back, at cost", "退回商品成本", "mercancía devuelta, a precio de coste"},
    {"part.returns_cost", "work on returns, and goods lost", "退货处理与损耗", "gestión de devoluciones y mermas"},
    {"part.reward_cost", "rewards for points", "积分奖励", "recompensas por puntos"},
    {"part.points_sold", "points that partners pay for", "合作方支付的积分", "puntos que pagan los socios"},
    {"part.other", "other parts of contribution", "贡献的其他部分", "otras partes de la contribución"},
    {"part.capital", "capital tied up in what is owed", "应收账款占用的资金成本",
     "capital inmovilizado en lo adeudado"},
    {"part.settled", "what is open at the horizon's end, until it is settled", "期末未结款项（直至结清）",
     "lo pendiente al final del horizonte, hasta liquidarse"},
    {"part.beyond", "value beyond the horizon", "期后价值", "valor más allá del horizonte"},

    // Measures of a tier.
    {"measure.customers", "customers", "客户数", "clientes"},
    {"measure.revenue", "revenue", "收入", "ingresos"},
    {"measure.contribution", "contribution", "贡献", "contribución"},
    {"measure.levers", "spent on levers", "措施支出", "gasto en medidas"},

    // Pictures, in the order of the page.
    {"curve.title", "What each policy adds over {number}", "各政策随 {number} 变化的增量",
     "Lo que añade cada política según {number}"},
    {"curve.turns", "In {kpi}, {policy} changes sides with {baseline} between {from} and {to} of {number}.",
     "就{kpi}而言，{policy} 与 {baseline} 的优劣在 {number} 为 {from} 与 {to} 之间互换。",
     "En {kpi}, {policy} y {baseline} se invierten entre {from} y {to} de {number}."},
    {"curve.stays", "In {kpi}, no policy changes sides with the baseline over the values of {number}.",
     "就{kpi}而言，在 {number} 的各取值上没有政策与基准互换优劣。",
     "En {kpi}, ninguna política se invierte con la referencia en los valores de {number}."},
    {"curve.caption",
     "Scenario {scenario}; all other numbers as at the point of this page. Averages of differences to {baseline} with "
     "their "
     "intervals (95 %, each alone); every point has the same customers and luck. {meaning}",
     "情景 {scenario}；其余数值与本页的点相同。与 {baseline} 的平均差异及其区间（95 "
     "%，各自成立）；各点的客户与随机数相同。{meaning}",
     "Escenario {scenario}; los demás números, como en el punto de esta página. Medias de las diferencias con "
     "{baseline} con "
     "sus intervalos (95 %, cada uno por sí solo); todos los puntos tienen los mismos clientes y el mismo azar. "
     "{meaning}"},
    {"curve.alternative", "Lines with bands over the values of a number, one panel a policy. {sentence}",
     "按数值的折线与区间带，每项政策一格。{sentence}",
     "Líneas con bandas según los valores de un número, un panel por política. {sentence}"},
    {"curve.here", "the point of this page", "本页的点", "el punto de esta página"},
    {"column.lift", "lift of members' sales", "会员销售额的提升", "aumento de las ventas a miembros"},
    {"column.year", "year", "年份", "año"},
    {"column.points", "points", "积分", "puntos"},
    {"column.tenth", "10 % quantile", "10% 分位数", "cuantil del 10 %"},
    {"column.nine_tenths", "90 % quantile", "90% 分位数", "cuantil del 90 %"},

    // Loyalty programs.
    {"lift.title", "How much more must members buy for a program to pay?", "会员须多买多少，计划才划算？",
     "¿Cuánto más tienen que comprar los miembros para que un programa compense?"},
    {"lift.needed", "to pay", "划算所需", "para compensar"},
    {"lift.reached", "reached", "已达到", "alcanzado"},
    {"lift.none_pays",
     "In {scenario}, the lift that is reached is clearly enough to pay, against {baseline}, for none of the programs.",
     "在 {scenario} 情景下，没有一项计划所达到的提升明确足以相对 {baseline} 划算。",
     "En {scenario}, el aumento alcanzado no basta claramente en ningún programa para compensar frente a {baseline}."},
    {"lift.some_pay",
     "In {scenario}, the lift that is reached is clearly enough to pay, against {baseline}, for {policies}.",
     "在 {scenario} 情景下，所达到的提升明确足以使 {policies} 相对 {baseline} 划算。",
     "En {scenario}, el aumento alcanzado basta claramente para que {policies} compense frente a {baseline}."},
    {"lift.caption",
     "Sales that a policy adds over {baseline}, of what members would have bought without it, in all {months} "
     "simulated "
     "months, discounted; and the lift at which it would be worth as much as {baseline}, other things equal. One more "
     "sale is taken to earn what the average one does, less the rewards that it earns. Intervals of the averages stand "
     "in "
     "the table.",
     "政策相对 {baseline} 所增加的销售额，占会员在没有它时购买额的比例，涵盖全部 {months} "
     "个模拟月并折现；以及其余条件不变时，使其价值与 {baseline} "
     "相等的提升。假定多卖一笔所得等于平均一笔所得，再减去由此产生的奖励。"
     "平均值的区间见表格。",
     "Ventas que una política añade sobre {baseline}, respecto a lo que los miembros habrían comprado sin ella, en los "
     "{months} meses simulados, descontadas; y el aumento con el que valdría tanto como {baseline}, con todo lo demás "
     "igual. Se supone que una venta más deja lo que la media, menos las recompensas que genera. Los intervalos de los "
     "promedios están en la tabla."},
    {"lift.runs_free", "What it costs to run a program (systems, cards, staff) is in no policy here.",
     "此处各政策均未计入运行计划的成本（系统、会员卡、人员）。",
     "Lo que cuesta mantener un programa (sistemas, tarjetas, personal) no está aquí en ninguna política."},
    {"lift.alternative",
     "Bars for each program and scenario: the lift that it needs and the one it reaches. {sentence}",
     "各计划与情景的条形：所需提升与已达提升。{sentence}",
     "Barras por programa y escenario: el aumento que necesita y el que alcanza. {sentence}"},
    {"liability.title", "What programs owe their members", "计划对会员的负债",
     "Lo que los programas deben a sus miembros"},
    {"liability.sentence", "At the end of month {month}, {policy} owes its members {amount} on average{range}.",
     "第 {month} 个月底，{policy} 平均欠会员 {amount}{range}。",
     "Al final del mes {month}, {policy} debe a sus miembros {amount} en promedio{range}."},
    {"liability.range", "; four futures in five lie between {low} and {high}",
     "；五分之四的未来介于 {low} 与 {high} 之间", "; cuatro de cada cinco futuros están entre {low} y {high}"},
    {"liability.caption",
     "Scenario {scenario}. What rewards for the points held at each month's end are expected to cost. Bands are of "
     "single "
     "futures: half of them, and four in five.",
     "情景 {scenario}。每月底所持积分预计的奖励成本。区间带为单个未来：半数与五分之四。",
     "Escenario {scenario}. Lo que se espera que cuesten las recompensas por los puntos en poder de los miembros al "
     "final "
     "de cada mes. Las bandas son de futuros sueltos: la mitad y cuatro de cada cinco."},
    {"liability.narrow",
     "No draw varies how readily members redeem, so that the bands hold luck alone and are too narrow.",
     "没有抽样改变会员兑换的意愿，因此区间带只含随机性，过于狭窄。",
     "Ningún sorteo varía con qué facilidad canjean los miembros, por lo que las bandas solo contienen el azar y son "
     "demasiado estrechas."},
    {"liability.alternative", "Lines with bands over months, one panel a program. {sentence}",
     "按月的折线与区间带，每项计划一格。{sentence}", "Líneas con bandas por mes, un panel por programa. {sentence}"},
    {"liability.axis", "owed to members", "对会员的负债", "debido a los miembros"},
    {"liability.most", "four futures in five", "五分之四的未来", "cuatro de cada cinco futuros"},
    {"liability.half", "half of futures", "半数未来", "la mitad de los futuros"},
    {"triangle.title", "When points are redeemed", "积分何时兑换", "Cuándo se canjean los puntos"},
    {"triangle.sentence",
     "{policy}: of points earned, {redeemed} are redeemed within {months} months, and {broken} come to nothing.",
     "{policy}：所获积分在 {months} 个月内兑换 {redeemed}，{broken} 作废。",
     "{policy}: de los puntos ganados, {redeemed} se canjean en {months} meses y {broken} se pierden."},
    {"triangle.caption",
     "Scenario {scenario}. Of points earned, how many are redeemed so many months later at the latest: at each age as "
     "many "
     "of those still open as of all that were seen at it. Bands are of single futures: half of them, and four in five.",
     "情景 "
     "{scenario}"
     "。所获积分在若干月内最迟兑换的比例：每个账龄按该账龄所见未用积分的比例推算。区间带为单个未来：半数与五分之四。",
     "Escenario {scenario}. De los puntos ganados, cuántos se han canjeado como muy tarde tantos meses después: a cada "
     "edad, "
     "de los que quedan, la misma parte que de todos los vistos a esa edad. Las bandas son de futuros sueltos: la "
     "mitad y "
     "cuatro de cada cinco."},
    {"triangle.alternative", "Lines with bands over months since points were earned, one panel a policy. {sentence}",
     "按获得后月数的折线与区间带，每项政策一格。{sentence}",
     "Líneas con bandas por meses desde que se ganaron, un panel por política. {sentence}"},
    {"triangle.age", "months since earned", "获得后月数", "meses desde que se ganaron"},
    {"triangle.axis", "redeemed (% of points earned)", "已兑换（占所获积分 %）", "canjeados (% de los puntos ganados)"},
    {"points.title", "What became of points", "积分的去向", "Qué fue de los puntos"},
    {"points.earned", "earned", "获得", "ganados"},
    {"points.redeemed", "redeemed", "兑换", "canjeados"},
    {"points.expired", "expired", "到期", "caducados"},
    {"points.forfeited", "forfeited", "作废", "perdidos"},
    {"points.returned", "for goods that came back", "因退货", "por devoluciones"},
    {"points.held", "held at the end", "期末持有", "en poder al final"},
    {"points.year", "year {year}", "第 {year} 年", "año {year}"},
    {"points.sentence",
     "Of the points that members of {policy} held or earned in {months} months, {redeemed} were redeemed and {broken} "
     "ended "
     "unspent by then.",
     "{policy} 的会员在 {months} 个月内持有或获得的积分中，到那时已兑换 {redeemed}，未用即失效 {broken}。",
     "De los puntos que los miembros de {policy} tenían o ganaron en {months} meses, hasta entonces se canjeó el "
     "{redeemed} "
     "y quedó sin usar el {broken}."},
    {"points.caption",
     "Scenario {scenario}. Means over futures, all members together. What is held at the end of a year is what was "
     "held "
     "before, with what came and less what went; in the table each has its interval.",
     "情景 {scenario}。各未来的平均值，全部会员合计。年末持有量等于此前持有量加上流入、减去流出；表格中各有区间。",
     "Escenario {scenario}. Promedios de los futuros, todos los miembros juntos. Lo que se tiene al final de un año es "
     "lo "
     "que se tenía antes, más lo que entró y menos lo que salió; en la tabla cada número lleva su intervalo."},
    {"points.alternative", "Bars for each year: points earned, redeemed, expired, forfeited and held. {sentence}",
     "各年的条形：获得、兑换、到期、作废与持有的积分。{sentence}",
     "Barras por año: puntos ganados, canjeados, caducados, perdidos y en poder. {sentence}"},
    {"course.title", "What each policy has gained by each month", "各政策逐月累计的收益",
     "Lo que cada política ha ganado hasta cada mes"},
    {"course.gains",
     "In {scenario}, {policy} is {amount} ahead of {baseline} after all {months} months, in the middle future.",
     "在 {scenario} 情景下，{months} 个月后 {policy} 在居中的未来里领先 {baseline} {amount}。",
     "En {scenario}, {policy} aventaja a {baseline} en {amount} tras los {months} meses, en el futuro central."},
    {"course.loses",
     "In {scenario}, even the best, {policy}, is {amount} behind {baseline} after all {months} months, in the middle "
     "future.",
     "在 {scenario} 情景下，即使最好的 {policy}，{months} 个月后在居中的未来里也落后 {baseline} {amount}。",
     "En {scenario}, incluso la mejor, {policy}, queda {amount} por debajo de {baseline} tras los {months} meses, en "
     "el futuro central."},
    {"course.caption",
     "Scenario {scenario}. Sums of discounted differences to {baseline} on the same luck: the middle future, and where "
     "half and "
     "nine tenths of all futures lie. What is owed then is not settled yet. After month {horizon}, the horizon, only "
     "customers who are there go on.",
     "情景 {scenario}。在相同随机数下与 {baseline} "
     "的折现差异累计：中位未来，以及半数和九成未来所在的范围；届时的应收款尚未结清。第 {horizon} "
     "个月（期末）之后仅现有客户继续。",
     "Escenario {scenario}. Sumas de diferencias descontadas con {baseline} bajo el mismo azar: el futuro central y "
     "dónde están "
     "la mitad y nueve décimos de los futuros; lo adeudado entonces aún no se ha liquidado. Después del mes {horizon}, "
     "el horizonte, solo siguen los clientes que "
     "ya están."},
    {"course.alternative", "Lines with bands over months, one panel a policy. {sentence}",
     "按月的折线与区间带，每项政策一格。{sentence}", "Líneas con bandas por mes, un panel por política. {sentence}"},

    // Why a policy differs.
    {"why.sentence",
     "In {scenario}, {policy} changes {kpi} by {all} against {baseline}: {treatment} by what it grants, were it "
     "granted "
     "by chance; {selection} by whom it grants it to; {moves} by moving customers between tiers later.",
     "在 {scenario} 情景下，{policy} 相对 {baseline} 使 {kpi} 变化 {all}：其中 {treatment} "
     "来自所给予的措施（假设随机给予），{selection} 来自给予哪些客户，{moves} 来自此后客户在等级之间的变动。",
     "En {scenario}, {policy} cambia {kpi} en {all} frente a {baseline}: {treatment} por lo que concede, si se "
     "concediera al azar; {selection} por a quién se lo concede; {moves} por mover después a clientes entre niveles."},
    {"why.channels",
     "Of these {all}, {both} come from customers that {policy} and {baseline} both have, {own} from customers that "
     "only "
     "{policy} has, kept or won, and {lost} from customers that only {baseline} has.",
     "这 {all} 中：{both} 来自 {policy} 与 {baseline} 都有的客户，{own} 来自仅 {policy} "
     "拥有的客户（留住或赢得），{lost} "
     "来自仅 {baseline} 拥有的客户。",
     "De estos {all}, {both} vienen de clientes que tienen tanto {policy} como {baseline}; {own}, de clientes que solo "
     "tiene {policy}, conservados o ganados; y {lost}, de clientes que solo tiene {baseline}."},
    {"why.title", "Why each policy differs from the baseline", "各政策为何不同于基准",
     "Por qué cada política difiere de la de referencia"},
    {"why.row", "{policy}: {cause}", "{policy}：{cause}", "{policy}: {cause}"},
    {"why.alternative", "For each policy a row for each cause of its difference, and one for all of it. {sentence}",
     "每个政策的每个原因各占一行，另有一行为合计。{sentence}",
     "Para cada política, una fila por causa de su diferencia y otra para el total. {sentence}"},
    {"why.treatment", "what is granted, by chance", "所给予的措施（随机给予）", "lo que se concede, al azar"},
    {"why.selection", "whom it is granted to", "给予哪些客户", "a quién se concede"},
    {"why.moves", "moving customers later", "此后的等级变动", "mover a clientes después"},
    {"why.both", "customers of both", "两者都有的客户", "clientes de ambas"},
    {"why.own", "customers of the policy alone", "仅该政策的客户", "clientes de la política sola"},
    {"why.lost", "customers of the baseline alone", "仅基准的客户", "clientes de la de referencia sola"},
    {"why.all", "all of it", "合计", "todo ello"},
    {"why.how_channels",
     "Customers are told apart month by month, by whether they are active under both policies as the month begins or "
     "under one of them: in the month in which one policy loses a customer, it still counts with those of both. What "
     "is settled "
     "after a customer has left counts where its last months did. The three add up to the whole in every future. The "
     "firm's own amounts stand with the customers of both.",
     "客户按月区分：月初在两个政策下都活跃，或只在其中一个下活跃；某政策失去客户的当月，该客户仍属两者。客户离开后结清"
     "的款"
     "项计入其最后月份所在之处。三者在每个未来中相加等于合计。公司自身的金额计入两者都有的客户。",
     "Los clientes se distinguen mes a mes, según estén activos al empezar el mes bajo ambas políticas o bajo una "
     "sola: "
     "en el mes en que una lo pierde, el cliente aún es de ambas. Lo que se liquida tras irse un cliente cuenta donde "
     "contaron sus últimos meses. Las tres suman el total en cada "
     "futuro. Los importes propios de la empresa van con los clientes de ambas."},
    {"why.how",
     "Each cause is a paired difference of two policies, and the three add up to the whole in every future. What is "
     "granted: tiers by chance for good, as large as those of the review at month 0 (in customers, or in the past "
     "year's sales where something is granted on more than customers), against the baseline. Whom it is granted to: "
     "the "
     "tiers of that review for good, against those by chance. Moving customers later: the policy against these. Who "
     "joins later has the tier of entry for good where tiers are kept. ± holds alone.",
     "每个原因都是两个政策的配对差异，三者在每个未来中相加等于合计。所给予的措施：随机分配且长期不变的等级（规模与第 0 "
     "月评审的等级相同：按客户数；若所给予的不只按客户计，则按过去一年的销售额）相对基准。给予哪些客户：该次评审的等级"
     "长期"
     "不变，相对随机等级。此后的等级变动：该政策相对前者。在等级保持不变时，后来加入的客户一直处于初始等级。± "
     "各自单独成立。",
     "Cada causa es una diferencia pareada de dos políticas, y las tres suman el total en cada futuro. Lo que se "
     "concede: "
     "niveles al azar para siempre, tan grandes como los de la revisión del mes 0 (en clientes, o en ventas del último "
     "año donde algo se concede sobre algo más que clientes), frente a la de referencia. A quién se concede: los "
     "niveles "
     "de esa revisión para siempre, frente a los del azar. Mover a clientes después: la política frente a estos. Donde "
     "los niveles se conservan, quien llega después queda en el nivel de entrada. Cada ± vale por sí solo."},
    {"forest.title", "How far each policy is from the baseline", "各政策与基准的差距",
     "Cuánto se aparta cada política de la referencia"},
    {"forest.sentence",
     "In {scenario}, of {all} policies {better} are better than {baseline} beyond simulation error, and {worse} are "
     "worse.",
     "在 {scenario} 情景下，{all} 项政策中有 {better} 项明显优于 {baseline}（超出模拟误差），{worse} 项明显更差。",
     "En {scenario}, de {all} políticas {better} superan a {baseline} más allá del error de simulación y {worse} "
     "quedan "
     "por debajo."},
    {"forest.no_interval",
     "Too little is known of simulation error to say which policies are better than {baseline} beyond it.",
     "模拟误差未知，无法判断哪些政策明显优于 {baseline}。",
     "No se conoce el error de simulación: no se puede decir qué políticas superan a {baseline} más allá de él."},
    {"forest.caption",
     "Differences of {kpi} to {baseline} ({meaning}). Dot and thick line: the average and its interval; thin line: "
     "nine simulated futures in ten.",
     "{kpi}与 {baseline} 之差（{meaning}）。圆点和粗线：平均值及其区间；细线：十个模拟未来中的九个。",
     "Diferencias de {kpi} con {baseline} ({meaning}). Punto y línea gruesa: la media y su intervalo; línea fina: "
     "nueve "
     "de cada diez futuros simulados."},
    {"forest.alternative", "A row for each policy with its average difference and ranges. {sentence}",
     "每项政策一行，标出平均差异与范围。{sentence}",
     "Una fila por política con su diferencia media y sus rangos. {sentence}"},

    {"waterfall.title", "Of what the difference is made", "差异的构成", "De qué se compone la diferencia"},
    {"waterfall.adds", "From {baseline} to {policy} ({difference}) the largest part is {part}, which adds {amount}.",
     "从 {baseline} 到 {policy}（{difference}），最大的部分是{part}，增加 {amount}。",
     "De {baseline} a {policy} ({difference}), la parte mayor es {part}, que suma {amount}."},
    {"waterfall.takes", "From {baseline} to {policy} ({difference}) the largest part is {part}, which takes {amount}.",
     "从 {baseline} 到 {policy}（{difference}），最大的部分是{part}，减少 {amount}。",
     "De {baseline} a {policy} ({difference}), la parte mayor es {part}, que resta {amount}."},
    {"waterfall.caption", "{kpi} in {scenario}, discounted, in the mean over futures; the parts add up exactly.",
     "{scenario} 情景下的{kpi}，折现后对所有未来取平均；各部分精确相加。",
     "{kpi} en {scenario}, con descuento financiero, en la media de los futuros; las partes suman exactamente."},
    {"waterfall.alternative", "Bars that lead from the baseline to the policy. {sentence}",
     "从基准到政策的瀑布图。{sentence}", "Barras que llevan de la referencia a la política. {sentence}"},

    {"tornado.title", "What it hangs on", "取决于什么", "De qué depende"},
    {"tornado.caption",
     "{kpi}, {policy} against {baseline}: what the fitted difference does between the 10 % and the 90 % quantile of "
     "each number that draws vary, all else at its mean.",
     "{kpi}，{policy} 与 {baseline} 之差：各随机假设从 10% 到 90% 分位数时拟合差异的变化，其余取平均值。",
     "{kpi}, {policy} frente a {baseline}: qué hace la diferencia ajustada entre los cuantiles del 10 % y el 90 % de "
     "cada número sorteado, con lo demás en su media."},
    {"tornado.alternative", "A bar for each assumption, the strongest first. {sentence}",
     "每项假设一条，影响最大的在最前。{sentence}", "Una barra por supuesto, el más fuerte primero. {sentence}"},

    {"guesses.title", "What the guesses do", "猜测的影响", "Lo que hacen las conjeturas"},
    {"guesses.sentence",
     "Moved alone over what one would bet, {turning} of {moved} numbers turn which side is better; with all moved at "
     "once "
     "{policy} is better than {baseline} in {better} of {all} combinations.",
     "在可信范围内逐一变动时，{moved} 个数值中有 {turning} 个会改变优劣；全部同时变动时，{all} 种组合中有 {better} 种 "
     "{policy} 优于 {baseline}。",
     "Movidos uno a uno en el rango por el que se apostaría, {turning} de {moved} números cambian qué lado es mejor; "
     "con "
     "todos a la vez, {policy} supera a {baseline} en {better} de {all} combinaciones."},
    {"guesses.caption",
     "Scenario {scenario}. {kpi}, {policy} less {baseline}, at the low and the high end of each number's plausible "
     "range, all "
     "else as stated; the {shown} strongest. The ranges are opinions, so that a share of combinations is no chance.",
     "情景 {scenario}。{kpi}，{policy} 减 {baseline}：每个数值取可信范围两端时的差异，其余不变；仅列影响最大的 {shown} "
     "个。"
     "范围是主观判断，因此组合占比不是概率。",
     "Escenario {scenario}. {kpi}, {policy} menos {baseline}, en los dos extremos del rango plausible de cada número, "
     "con lo "
     "demás como se indica; los {shown} más fuertes. Los rangos son opiniones: una proporción de combinaciones no es "
     "una "
     "probabilidad."},

    {"chance.title", "How often it falls short", "不及预期的可能", "Con qué frecuencia se queda corta"},
    {"chance.sentence", "In {better} of {all} simulated futures {policy} has a better {kpi} than {baseline}.",
     "在 {all} 个模拟未来中，有 {better} 个 {policy} 的{kpi}优于 {baseline}。",
     "En {better} de {all} futuros simulados {policy} mejora {kpi} respecto a {baseline}."},
    {"chance.caption",
     "Scenario {scenario}. Share of simulated futures in which the difference of {kpi} to {baseline} is at or below an "
     "amount.",
     "情景 {scenario}。{kpi}与 {baseline} 之差不高于某一数值的模拟未来占比。",
     "Escenario {scenario}. Proporción de futuros simulados en que la diferencia de {kpi} con {baseline} no supera un "
     "importe."},
    {"chance.alternative", "Rising steps, one line a policy. {sentence}", "上升的阶梯线，每项政策一条。{sentence}",
     "Escalones ascendentes, una línea por política. {sentence}"},

    {"regret.title", "What is given up if the scenario turns out another one", "情景不同时放弃了什么",
     "Lo que se sacrifica si el escenario resulta ser otro"},
    {"regret.sentence", "{policy} gives up least at worst: {amount} against the best of the scenario.",
     "{policy} 在最坏情况下放弃最少：比该情景下最优者少 {amount}。",
     "{policy} es la que menos sacrifica en el peor caso: {amount} frente a la mejor del escenario."},
    {"regret.best", "{policy} is the best in every scenario, so that it gives up nothing.",
     "{policy} 在每个情景下都是最优，因此没有放弃什么。",
     "{policy} es la mejor en todos los escenarios: no sacrifica nada."},
    {"regret.caption", "{kpi}: average of the best policy of each scenario less that of the policy, on the same luck.",
     "{kpi}：在相同随机数下，各情景最优政策的平均值减去该政策的平均值。",
     "{kpi}: media de la mejor política de cada escenario menos la de la política, bajo el mismo azar."},
    {"regret.alternative", "A table of colored cells, scenarios by policies. {sentence}",
     "彩色表格，情景×政策。{sentence}", "Una tabla de celdas de color, escenarios por políticas. {sentence}"},

    {"levels.title", "Each policy by itself: {kpi}", "各政策自身：{kpi}", "Cada política por sí sola: {kpi}"},
    {"levels.mean", "Under {policy} in {scenario}, {kpi} is {mean} on average.",
     "{scenario} 情景下 {policy} 的{kpi}平均为 {mean}。", "Con {policy} en {scenario}, {kpi} es {mean} en promedio."},
    {"levels.sentence", "Under {policy} in {scenario}, {kpi} is {mean} on average;",
     "{scenario} 情景下 {policy} 的{kpi}平均为 {mean}；", "Con {policy} en {scenario}, {kpi} es {mean} en promedio;"},
    {"levels.range", " nine futures in ten lie between {low} and {high}.", "十个未来中有九个在 {low} 与 {high} 之间。",
     " nueve de cada diez futuros están entre {low} y {high}."},
    {"levels.caption",
     "{meaning}. Dot and thick line: the average and its interval; thin line: nine simulated futures in ten.",
     "{meaning}。圆点和粗线：平均值及其区间；细线：十个模拟未来中的九个。",
     "{meaning}. Punto y línea gruesa: la media y su intervalo; línea fina: nueve de cada diez futuros simulados."},
    {"levels.alternative", "A row for each policy with its average and ranges. {sentence}",
     "每项政策一行，标出平均值与范围。{sentence}", "Una fila por política con su media y sus rangos. {sentence}"},

    {"frontier.title", "Two goals at once", "两个目标", "Dos objetivos a la vez"},
    {"frontier.sentence", "No other policy is at least as good in both {x} and {y} as {policies}.",
     "在{x}和{y}两方面，没有其他政策同时不逊于 {policies}。",
     "Ninguna otra política iguala a la vez en {x} y en {y} a {policies}."},
    {"frontier.caption",
     "Scenario {scenario}. Average differences to {baseline} with their intervals; {baseline} is where both are 0. "
     "Upwards: "
     "{meaning}.",
     "情景 {scenario}。与 {baseline} 的平均差异及其区间；{baseline} 位于两者均为 0 处。纵轴：{meaning}。",
     "Escenario {scenario}. Diferencias medias con {baseline} y sus intervalos; {baseline} está donde ambas son 0. Eje "
     "vertical: "
     "{meaning}."},
    {"frontier.alternative", "Points with crosses, one a policy. {sentence}", "带十字的点，每项政策一个。{sentence}",
     "Puntos con cruces, uno por política. {sentence}"},

    {"tiers.title", "Customers in each tier", "各等级的客户数", "Clientes en cada nivel"},
    {"tiers.sentence", "At the horizon's end {policy} has most customers in {tier}: {customers}, {share} of all.",
     "期末 {policy} 的客户最多集中在 {tier}：{customers}，占 {share}。",
     "Al final del horizonte {policy} tiene la mayoría de sus clientes en {tier}: {customers}, el {share}."},
    {"tiers.caption", "Scenario {scenario}. Active customers in the mean over futures.",
     "情景 {scenario}。活跃客户数（对所有未来取平均）。",
     "Escenario {scenario}. Clientes activos en la media de los futuros."},
    {"tiers.alternative", "Stacked areas over months, one panel a policy. {sentence}",
     "按月的堆叠面积图，每项政策一格。{sentence}", "Áreas apiladas por mes, un panel por política. {sentence}"},

    {"flows.title", "Moves between tiers", "等级之间的变动", "Cambios de nivel"},
    {"flows.sentence",
     "Under {policy} customers change their tier {moves} times over the horizon, in {share} of reviews.",
     "{policy} 下客户在整个期间变动等级 {moves} 次，占评审的 {share}。",
     "Con {policy} los clientes cambian de nivel {moves} veces en el horizonte, en el {share} de las revisiones."},
    {"flows.caption",
     "Scenario {scenario}. Reviews after month 0 that gave another tier than was held, in the mean over futures.",
     "情景 {scenario}。第 0 个月之后评审使等级改变的次数（对所有未来取平均）。",
     "Escenario {scenario}. Revisiones posteriores al mes 0 que dieron otro nivel, en la media de los futuros."},
    {"flows.alternative", "A bar for each move from a tier to another. {sentence}", "每种等级变动一条。{sentence}",
     "Una barra por cada cambio de un nivel a otro. {sentence}"},

    {"money.title", "What each tier brings and costs", "各等级的贡献与成本", "Lo que cada nivel aporta y cuesta"},
    {"money.sentence", "{tier} of {policy} has {customers} of customers and brings {contribution} of the contribution.",
     "{policy} 的 {tier} 占客户的 {customers}，带来 {contribution} 的贡献。",
     "{tier} de {policy} reúne el {customers} de los clientes y aporta el {contribution} de la contribución."},
    {"money.caption",
     "Scenario {scenario}. Shares of each tier in what its policy has over the horizon, in the mean over futures; sums "
     "of money "
     "are in {currency}, not discounted.",
     "情景 {scenario}。各等级在其政策整个期间合计中的占比（对所有未来取平均）；金额以 {currency} 计，未折现。",
     "Escenario {scenario}. Proporción de cada nivel en lo que su política tiene en el horizonte, en la media de los "
     "futuros; "
     "los "
     "importes están en {currency}, sin descuento financiero."},
    {"money.members",
     "Who buys often joins first: what a tier of members brings shows who joins, not what a program does. What it "
     "costs "
     "to win newcomers stands in the tier in which they begin.",
     "购买频繁者先加入：会员等级带来的收益说明谁加入，而非计划的作用。获取新客户的成本计入其起始等级。",
     "Quien compra a menudo se une antes: lo que aporta un nivel de miembros muestra quién se une, no lo que hace un "
     "programa. Lo que cuesta ganar clientes nuevos está en el nivel en el que empiezan."},
    {"money.alternative", "Bars for each tier and measure, one panel a policy. {sentence}",
     "各等级各指标的条形，每项政策一格。{sentence}", "Barras por nivel y medida, un panel por política. {sentence}"},

    {"parts.left_out",
     "Left out: {parts} (fewer than {fewest} customers of the file on average, or the part that would give them away).",
     "未列出：{parts}（平均少于 {fewest} 位文件中的客户，或会由此推算出它们的部分）。",
     "Sin mostrar: {parts} (menos de {fewest} clientes del fichero en promedio, o la parte que los delataría)."},

    {"groups.title", "Which groups gain, which lose", "哪些客户组受益，哪些受损", "Qué grupos ganan y cuáles pierden"},
    {"groups.sentence", "Under {policy}, more contribution than under {baseline} comes from {more}, less from {less}.",
     "与 {baseline} 相比，{policy} 下贡献更多的客户组：{more}；更少的：{less}。",
     "Con {policy} aportan más contribución que con {baseline}: {more}; menos: {less}."},
    {"groups.four_fifths",
     "At month 0 the top tier of {policy} holds {share} of {group} and {of_best} of {best}, less than four fifths of "
     "that "
     "(a rule of thumb for unequal selection, 29 CFR 1607.4(D)): is it meant?",
     "第 0 个月时，{policy} 的最高等级包含 {group} 的 {share}，而 {best} 为 "
     "{of_best}，不到其五分之四（不平等选择的经验法则，29 CFR "
     "1607.4(D)）：这是有意的吗？",
     "En el mes 0 el nivel superior de {policy} contiene {share} de {group} y {of_best} de {best}, menos de cuatro "
     "quintos de eso (regla práctica de selección desigual, 29 CFR 1607.4(D)): ¿es lo que se quiere?"},
    {"groups.none", "no group", "无", "ninguno"},
    {"groups.caption",
     "Scenario {scenario}. Difference of the horizon's contribution to {baseline}, not discounted, with its interval.",
     "情景 {scenario}。整个期间的贡献与 {baseline} 之差（未折现）及其区间。",
     "Escenario {scenario}. Diferencia de la contribución del horizonte con {baseline}, sin descuento financiero, y su "
     "intervalo."},
    {"groups.alternative", "A dot with an interval for each group and policy. {sentence}",
     "每个客户组和政策一个点及区间。{sentence}", "Un punto con intervalo por grupo y política. {sentence}"},

    {"winners.title", "Which customers gain, which lose", "哪些客户受益，哪些受损",
     "Qué clientes ganan y cuáles pierden"},
    {"winners.sentence",
     "Under {policy}, clearly more {kpi} than under {baseline} comes from: {more}; clearly less from: {less}.",
     "与 {baseline} 相比，{policy} 下{kpi}明显更多的客户：{more}；明显更少的：{less}。",
     "Con {policy} hay claramente más {kpi} que con {baseline} de: {more}; claramente menos de: {less}."},
    {"winners.by_tenth", "by sales of the year before", "按此前一年的销售额", "por ventas del año anterior"},
    {"winners.by_tier", "by tier under {baseline}", "按 {baseline} 下的等级", "por nivel con {baseline}"},
    {"winners.tenth", "tenth {number}", "第 {number} 个十分位", "décimo {number}"},
    {"winners.tenths", "tenths {first} to {last}", "第 {first} 至第 {last} 个十分位", "décimos {first} a {last}"},
    {"winners.earlier leavers", "who had left before", "此前已流失的客户", "quienes ya se habían ido"},
    {"winners.newcomers", "who came later", "后来加入的客户", "quienes llegaron después"},
    {"winners.the firm itself", "the firm itself", "公司自身", "la propia empresa"},
    {"winners.none", "no part", "无", "ninguna parte"},
    {"winners.caption",
     "Scenario {scenario}. Difference of {kpi} to {baseline}, of the same people under both policies: as they stood "
     "when the policies parted, tenth 1 bought most in the year before. Either list adds up to the whole together with "
     "who had left before, who came later and what is the firm's own. Each interval is one by itself: of twenty parts "
     "that a policy does not touch, one is named by chance.",
     "情景 {scenario}。同一批客户在两种政策下{kpi}与 {baseline} "
     "之差：按政策分开之时的状况划分，第 1 "
     "个十分位在此前一年购买最多。任一划分加上此前已流失的客户、后来加入的客户和公司自身的部分，即为合计。每个区间各自"
     "单独"
     "成立：在政策并未触及的二十个部分中，会有一个因偶然而被列出。",
     "Escenario {scenario}. Diferencia de {kpi} con {baseline}, de las mismas personas con ambas políticas: tal como "
     "estaban al separarse las políticas; el décimo 1 fue el que más compró en el año anterior. Cada lista suma el "
     "total junto con quienes ya se habían ido, quienes llegaron después y lo que es de la propia empresa. Cada "
     "intervalo vale por sí solo: de veinte partes que una política no toca, una aparece por azar."},
    {"winners.alternative", "A dot with an interval for each part of the customers. {sentence}",
     "每部分客户一个点及区间。{sentence}", "Un punto con intervalo por cada parte de los clientes. {sentence}"},

    {"whale.title", "How much the best customers bring", "最好的客户带来多少", "Cuánto aportan los mejores clientes"},
    {"whale.sentence",
     "Under {policy} the best fifth of customers brings {share} of the contribution of the last month.",
     "{policy} 下，最好的五分之一客户带来最后一个月贡献的 {share}。",
     "Con {policy} el mejor quinto de los clientes aporta el {share} de la contribución del último mes."},
    {"whale.caption",
     "Scenario {scenario}. Customers ordered by what they contribute in the last month of the horizon, all futures "
     "together; "
     "above 100 % others lose money.",
     "情景 {scenario}。按期末最后一个月的贡献排序（合并所有未来）；超过 100% 表示其他客户亏损。",
     "Escenario {scenario}. Clientes ordenados por lo que aportan en el último mes del horizonte, con todos los "
     "futuros juntos; "
     "por "
     "encima del 100 % otros hacen perder dinero."},
    {"whale.alternative", "A rising curve, one a policy. {sentence}", "上升曲线，每项政策一条。{sentence}",
     "Una curva ascendente por política. {sentence}"},
};

}  // namespace

std::span<const Message> picture_messages() { return picture_table; }

}  // namespace clientele::tools
