"""The whole session of the session file, played by chance: ninety minutes, forty people of all groups and many scripts,
and a secretariat that notes what they say. To write tests of the exports with."""

from functools import cache
from itertools import cycle
from pathlib import Path
from random import Random

from app.config import load_settings
from app.entries import Entry, acts
from app.floor.commands import (
    AddNote,
    AddTag,
    Command,
    EndIntervention,
    EndSession,
    GiveFloor,
    Join,
    OpenTopic,
    PassOver,
    PauseSession,
    PlanSession,
    RequestFloor,
    ResumeSession,
    StartSession,
    Withdraw,
)
from app.floor.fold import enact
from app.floor.people import SERVER, Actor, Where
from app.floor.record import Record
from app.floor.record_making import record_of
from app.floor.rules import decide
from app.floor.state import EMPTY, State
from tests.scenes import CHAIR

SECRETARIAT = Actor("secretariat", "Reports")
STARTED_MS = 1_696_918_560_000
"""15:16 in Kyoto on 10 October 2023: a minute late."""
MINUTE_MS = 60_000
PEOPLE = (
    ("Ana Lúcia Fernández de Córdoba", "Uruguay", "government"),
    ("أميرة بن يوسف", "الجمهورية التونسية", "government"),
    ("山田 花子", "日本国総務省", "government"),
    ("Нурлан Ержанов", "Республика Казахстан", "government"),
    ("李 明", "中国信息通信研究院", "technical_community"),
    ("Jürgen Groß-Strauß", "Deutsches Institut für Internetökonomie", "academia"),
    ("Nguyễn Thị Hồng Ánh", "Việt Nam Civil Society Network", "civil_society"),
    ("سارة الخطيب", "جمعية الإنترنت (فرع لبنان)", "civil_society"),
    ("Ọlámidé Adéyẹmí", "Lagos Digital Rights Initiative", "civil_society"),
    ("O’Brien, Siobhán", "Irish Centre for Human Rights, University of Galway", "academia"),
    ("佐藤 健", "京都大学", "academia"),
    ("Екатерина Щукина", "АНО «Цифровое общество»", "civil_society"),
    ("Marie-Thérèse N’Diaye", "Union africaine des télécommunications", "intergovernmental"),
    ("สมชาย ใจดี", "Thai Netizen Network", "civil_society"),
    ("प्रिया शर्मा", "Digital India Foundation", "private_sector"),
    ("አበበ ቢቂላ", "Ethio Telecom", "private_sector"),
    ("<b>Bobby</b> #strong[Tables]; \\textbf{x} & $y$", '=HYPERLINK("http://example.org";"x")', "private_sector"),
    (
        "Tomás Ó Súilleabháin",
        "International Chamber of Commerce: Business Action to Support the Information Society",
        "private_sector",
    ),
    ("Grace Wanjikũ", "Kenya ICT Action Network", "technical_community"),
    ("王 小红", "联合国教育、科学及文化组织", "intergovernmental"),
)
POINTS = (
    "Meaningful connectivity is more than coverage: cost, skills and content in one’s own language decide.",
    "The vision of 2003 stands; what has changed is who holds the power over platforms, data and standards.",
    "Public money for infrastructure should come with conditions on openness and on interoperability.",
    "Les petits États insulaires demandent un financement prévisible, et non des projets pilotes sans lendemain.",
    "تحتاج البلدان النامية إلى نقل التكنولوجيا وبناء القدرات، لا إلى المبادئ وحدها.",
    "人工智能治理应当有发展中国家的平等参与。",
    "人工知能の利益は、地域の言語でも届かなければならない。",
    "Искусственный интеллект не должен углублять цифровой разрыв.",
)
QUOTES = (
    "We were promised an information society for all. Half of my country still waits at the bus stop.",
    "Twenty years ago we asked who is connected. Today we must ask who decides.",
)
REFERENCES = ("A/RES/70/125, para. 23", "Geneva Plan of Action, C5: https://www.itu.int/net/wsis/", "E/RES/2023/3")
TAGS = ("connectivity", "skills", "financing", "AI governance", "language", "اتصال", "能力建设")
CONFIG = Path(__file__).parents[1] / "session_config.yaml"


class Kyoto:
    def __init__(self) -> None:
        self.state: State = EMPTY
        self.log: list[Entry] = []
        self.chance = Random(100)
        self.people = cycle(range(len(PEOPLE)))
        self.topic = ""
        self.plan = load_settings(CONFIG).plan

    def at(self, minute: float, actor: Actor, *commands: Command) -> None:
        for command in commands:
            now_ms = STARTED_MS + round(minute * MINUTE_MS)
            events = decide(self.state, command, actor, now_ms)
            assert events, command
            self.state = enact(self.state, events, actor)
            act = f"c{len(self.log)}"
            self.log += [Entry(len(self.log) + n, actor, act, event) for n, event in enumerate(events, start=1)]

    def play(self) -> None:
        self.at(-5, SERVER, PlanSession(self.plan))
        for number, (name, organisation, group) in enumerate(PEOPLE):
            where: Where = "online" if number % 4 == 3 else "room"
            self.at(-4, Actor("attendee"), Join(f"p{number}", name, organisation, group, where))
        self.at(0, CHAIR, StartSession())
        self.at(
            1, SECRETARIAT, AddNote("The chair welcomed the participants and recalled A/RES/70/125.", topic="opening")
        )
        self.discuss("vision", 5, 31)
        self.at(33, CHAIR, PauseSession())
        self.at(35, CHAIR, ResumeSession())
        self.discuss("technologies", 36, 58)
        self.discuss("cooperation", 60, 80)
        self.at(82, CHAIR, OpenTopic("closing"))
        self.at(
            84,
            SECRETARIAT,
            AddNote("The chair thanked all. Written inputs by 31 January.", topic="closing", kind="key_point"),
        )
        self.at(90, CHAIR, EndSession())

    def discuss(self, topic: str, minute: float, until: float) -> None:
        self.topic = topic
        self.at(minute, CHAIR, OpenTopic(topic))
        people = [next(self.people) for _ in range(17)]
        for person in people:
            summary = self.chance.choice(("", "", "On access", "Über die Kosten", "об образовании"))
            self.at(minute, Actor("attendee", f"p{person}"), RequestFloor(summary=summary))
        *_, last = (one.id for one in self.state.requests.values())
        self.at(minute, Actor("attendee", f"p{people[-1]}"), Withdraw(last))
        while minute < until:
            minute += 0.2
            self.at(minute, CHAIR, GiveFloor())
            assert self.state.floor is not None
            request = self.state.floor.request
            self.note(request, minute)
            if self.chance.random() < 0.1:
                self.order(request, minute + 0.3)
            minute += self.chance.choice((0.9, 1.4, 1.7, 2.0, 2.4))
            self.at(minute, CHAIR, EndIntervention(request))
        waiting = [one.id for one in self.state.requests.values() if one.status == "waiting" and one.topic == topic]
        if waiting:
            self.at(minute, CHAIR, PassOver(waiting[0]))

    def note(self, request: str, minute: float) -> None:
        chance = self.chance
        for _ in range(chance.choice((0, 1, 1, 2, 3))):
            self.at(minute, SECRETARIAT, AddNote(chance.choice(POINTS), request, kind="key_point"))
        if chance.random() < 0.3:
            self.at(minute, SECRETARIAT, AddNote(chance.choice(QUOTES), request, kind="quote"))
        if chance.random() < 0.3:
            self.at(minute, SECRETARIAT, AddNote(chance.choice(REFERENCES), request, kind="reference"))
        if chance.random() < 0.3:
            self.at(minute, SECRETARIAT, AddNote("To be checked with the speaker. " * 3, request))
        if chance.random() < 0.4:
            self.at(minute, SECRETARIAT, AddTag(self.topic, chance.choice(TAGS), request))

    def order(self, request: str, minute: float) -> None:
        person = (
            Actor("attendee", "p0") if self.state.requests[request].participant != "p0" else Actor("attendee", "p1")
        )
        self.at(minute, person, RequestFloor("point_of_order"))
        *_, asked = (one.id for one in self.state.requests.values())
        self.at(minute, CHAIR, GiveFloor(asked, after=request))
        self.at(minute + 0.2, CHAIR, EndIntervention(asked))


@cache
def log() -> tuple[Entry, ...]:
    kyoto = Kyoto()
    kyoto.play()
    return tuple(kyoto.log)


@cache
def record() -> Record:
    entries = log()
    return record_of(acts(entries), entries[-1].event.at_ms)
