"""A charter made up for the tests of documents, and what a decision has made of it: something of everything."""

from __future__ import annotations

from dataclasses import replace

from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision, Wid, edit, renumbered
from reglemente_tool.model.finding import locate
from reglemente_tool.model.identity import name_body
from reglemente_tool.model.placing import place
from reglemente_tool.reading.wording import read_charter

TEXT = """\
Reglemente för miljö- och parknämnden

Antaget: kommunfullmäktige 2019-02-25, § 31
Gäller från: 2019-04-01
Dnr: KS 2018/77

1 kap. Nämndens uppgifter

Ansvarsområde

1 §
Nämnden svarar för kommunens parker, skogar och lekplatser. Nämnden är också tillsynsmyndighet enligt miljöbalken.

2 §
Nämnden ska särskilt
– sköta och utveckla kommunens parker
– se till att lekplatserna är säkra
– följa utvecklingen på området
– informera om allemansrätten

Uppgifterna ska fullgöras i samråd med kommunstyrelsen.

3 §
I fråga om tillsyn ska nämnden
1. pröva anmälningar om miljöfarlig verksamhet,
2. besluta om
  a) förelägganden, och
  b) sanktionsavgifter,
3. lämna yttranden, samt
4. ta ut avgifter enligt taxa
i den omfattning som följer av lag.

Taxor och avgifter

4 §
Nämnden lämnar förslag till taxor. Taxorna ska ses över vart tredje år och bygga på självkostnad.

5 §
Nämnden får besluta om nedsättning av en avgift i ett enskilt ärende.

2 kap. Organisation

Sammansättning

6 §
Nämnden består av nio ledamöter och nio ersättare.

7 §
Ordföranden ska
– leda nämndens arbete,
– hålla kontakt med förvaltningen, samt
– bevaka att beslut verkställs.

När ordföranden är förhindrad inträder vice ordföranden.

8 §
Nämnden har ett arbetsutskott med tre ledamöter.

3 kap. Arbetsformer

Sammanträden

9 §
Nämnden sammanträder varje månad utom juli. Kallelse ska sändas senast sju dagar före sammanträdet.

10 §
Kallelsen ska vara skriftlig och innehålla uppgift om tid och plats.

11 §
Ersättare som inte tjänstgör får delta i överläggningarna men inte i besluten.

Protokoll

12 §
Protokollet justeras av ordföranden och en ledamot.

13 §
Reservation ska anmälas innan sammanträdet avslutas, se 12 §.

Bilaga 1 Delegering

Nämnden har delegerat följande.

Ärende | Delegat | Villkor
Grävtillstånd | parkchefen | högst ett år
Yttranden | ordföranden | brådskande fall
"""

BY = DecisionId("kf-2019-02-25-31")


def read(text: str) -> Charter:
    """The charter that `text` is, with identities."""
    found = read_charter(text)
    return name_body(Charter(CharterId("mpn"), found.title, CommitteeId("mpn"), found.body, found.facts), BY)


def at(charter: Charter, code: str) -> Provision:
    """The provision at an address."""
    return locate(charter, Address.from_code(code))


def changed(charter: Charter, code: str, **fields: object) -> Charter:
    """The charter with some fields of one provision changed."""
    return edit(charter, at(charter, code).wid, lambda p: replace(p, **fields))


def without(charter: Charter, code: str) -> Charter:
    """The charter without one provision."""
    return edit(charter, at(charter, code).wid, lambda _: None)


def sample() -> Charter:
    """The charter as it was adopted."""
    return read(TEXT)


def amended() -> Charter:
    """The same charter, with every sort of change that a redline can show."""
    c = sample()
    c = replace(c, title="Reglemente för miljö- och gatunämnden")
    c = changed(c, "kap3", heading="Arbetsformer och beslut")
    parks = at(c, "par2.st1")
    one, two, three, four = parks.children
    four = replace(four, text="informera om allemansrätten och friluftslivet")
    c = edit(c, parks.wid, lambda p: replace(p, children=(three, one, two, four)))
    c = without(c, "par3.st1.p3")
    c = edit(c, at(c, "par3.st1.p4").wid, lambda p: renumbered(p, "3"))
    c = changed(c, "par3.st1.p2", closing="enligt miljöbalken,")
    c = changed(c, "par4.st1", text="Nämnden lämnar förslag till taxor. Taxorna ska ses över varje år och bygga på självkostnad.")
    moved = at(c, "par7.st2")
    c = edit(without(c, "par7.st2"), at(c, "par6").wid, lambda p: replace(p, children=(*p.children, moved)))
    c = changed(c, "par7.st1.ss2", text="hålla kontakt med förvaltningen,")
    c = without(c, "par9")
    c = changed(c, "par10", heading="Sammanträden")
    c = place(c, Address.from_code("par11a"), NEW)
    c = edit(c, at(c, "par12").wid, lambda p: renumbered(p, "14"))
    c = changed(c, "bil1.tab1.rad2", text="Grävtillstånd | gatuchefen | högst två år")
    return without(c, "bil1.tab1.rad3")


NEW = Provision(
    Kind.PARAGRAF, Wid("nyparagraf"), "11 a", "11 a §",
    children=(Provision(Kind.STYCKE, Wid("nyttstycke"), text="Sammanträden får hållas på distans."),),
)  # fmt: skip
