"""Where the simulated people come from: names of our own choice, region by region, script by script."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Homeland:
    """Where names come from. `own` is how some organisations there write themselves, by group."""

    country: str
    region: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    written: str = "{given} {family}"
    own: tuple[tuple[str, str], ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


HOMELANDS = (
    Homeland(
        "Kenya",
        "East Africa",
        _words("Wanjiru Otieno Achieng Kiprono Makena Baraka"),
        _words("Mwangi Odhiambo Chebet Kamau Wekesa Njoroge"),
    ),
    Homeland(
        "Colombia",
        "Latin America",
        _words("Valentina Andrés Ximena Óscar Lucía Íñigo"),
        _words("Restrepo Muñoz Cárdenas Ospina Peñaloza Quintero"),
        own=(("civil_society", "Círculo de Derechos Digitales"), ("academia", "Universidad de los Valles")),
    ),
    Homeland(
        "Egypt",
        "the Arab States",
        _words("ليلى يوسف مريم خالد نور سلمى"),
        _words("المنصوري حداد الشريف عامر زيدان قاسم"),
        own=(("civil_society", "منتدى البيانات المفتوحة"), ("academia", "جامعة الدلتا الجديدة"), ("government", "مصر")),
    ),
    Homeland(
        "Japan",
        "East Asia",
        _words("美咲 健太 陽菜 翔 さくら 大輔"),
        _words("高橋 小林 森田 藤原 石川 三浦"),
        "{family} {given}",
        own=(("technical_community", "地域ネットワーク運用者会議"), ("academia", "北山大学")),
    ),
    Homeland(
        "Senegal",
        "West Africa",
        _words("Awa Cheikh Fatou Mamadou Aïssatou Ousmane"),
        _words("Ndiaye Diop Sarr Faye Gueye Cissé"),
        own=(("civil_society", "Réseau pour un Internet solidaire"), ("private_sector", "Téranga Télécoms")),
    ),
    Homeland(
        "India",
        "South Asia",
        _words("अनन्या रोहन मीरा अर्जुन कविता विवेक"),
        _words("शर्मा अय्यर पटेल बोस कुलकर्णी राव"),
        own=(("civil_society", "डिजिटल साक्षरता मंच"),),
    ),
    Homeland(
        "Estonia",
        "Northern Europe",
        _words("Kadri Toomas Liis Märt Õnne Jaan"),
        _words("Tamm Kask Põder Lõhmus Rebane Kukk"),
    ),
    Homeland(
        "Brazil",
        "Latin America",
        _words("Beatriz João Conceição Tiago Luíza Caetano"),
        _words("Araújo Nogueira Falcão Guimarães Brandão Teles"),
        own=(("academia", "Universidade do Planalto"), ("technical_community", "Fórum de Redes Comunitárias")),
    ),
    Homeland(
        "Kazakhstan",
        "Central Asia",
        _words("Айгерім Нұрлан Динара Ерлан Мадина Тимур"),
        _words("Сейтқали Ахметова Жүнісов Омарова Қасым Бекова"),
    ),
    Homeland(
        "Indonesia",
        "South-East Asia",
        _words("Putri Wayan Dewi Bagus Ratna Agung"),
        _words("Lestari Santoso Wulandari Pranoto Siregar Hidayat"),
    ),
    Homeland("Ethiopia", "East Africa", _words("ሰላም ዳዊት ሄለን ዮናስ ማህሌት ተስፋዬ"), _words("በቀለ ታደሰ ገብሬ አለሙ ወርቁ ደስታ")),
    Homeland(
        "Republic of Korea",
        "East Asia",
        _words("서연 민준 지우 현우 은지 도윤"),
        _words("강 윤 임 조 한 오"),
        "{family}{given}",
        own=(("private_sector", "한빛데이터"),),
    ),
    Homeland(
        "Fiji",
        "the Pacific",
        _words("Litia Sefa Mere Jone Ana Semi"),
        _words("Vakaloloma Tuilagi Naisua Waqabaca Rokotui Delai"),
    ),
    Homeland(
        "Greece",
        "Southern Europe",
        _words("Ελένη Νίκος Δάφνη Πέτρος Ιωάννα Στέλιος"),
        _words("Παππάς Μακρή Λάμπρου Ζέρβας Καλογήρου Δημητρίου"),
    ),
    Homeland(
        "China",
        "East Asia",
        _words("雅婷 志远 思琪 建华 晓梅 文博"),
        _words("陈 林 周 徐 沈 梁"),
        "{family}{given}",
        own=(("academia", "江湾大学"),),
    ),
    Homeland(
        "Jamaica",
        "the Caribbean",
        _words("Shanice Delroy Keisha Everton Tamika Winston"),
        _words("Gayle-Reid Thompson Bailey McKenzie Lindo Pryce"),
    ),
    Homeland(
        "Georgia",
        "the Caucasus",
        _words("ნინო გიორგი მარიამ ლევან თამარ დავით"),
        _words("ბერიძე კაპანაძე გელაშვილი ლომიძე ჯაფარიძე მაისურაძე"),
    ),
    Homeland(
        "Bangladesh", "South Asia", _words("নুসরাত তানভীর শর্মিলা রফিক ফারহানা আরিফ"), _words("চৌধুরী ইসলাম সরকার তালুকদার মজুমদার হক")
    ),
    Homeland(
        "Thailand",
        "South-East Asia",
        _words("กานดา ธนพล สิริพร อนันต์ มาลี วีระ"),
        _words("ศรีสุข วงศ์ทอง แก้วมณี บุญมา รัตนกุล ใจดี"),
    ),
    Homeland(
        "Nigeria",
        "West Africa",
        _words("Adaeze Chinedu Folake Ibrahim Ngozi Babatunde"),
        _words("Ogunleye Nwosu Danjuma Okafor Adeyemi Eze"),
        own=(("private_sector", "Savannah Cloud Works"),),
    ),
    Homeland(
        "Canada",
        "North America",
        _words("Noémie Liam Priya Étienne Grace Mateo"),
        _words("Tremblay-Roy MacLeod Singh Bouchard O’Neill Castillo"),
    ),
    Homeland(
        "Viet Nam",
        "South-East Asia",
        _words("Hương Minh Thảo Quân Ngọc Đức"),
        _words("Nguyễn Trần Phạm Đặng Vũ Lê"),
        "{family} {given}",
    ),
    Homeland(
        "Jordan",
        "the Arab States",
        _words("هالة فارس رنا طارق دانا سامر"),
        _words("الخطيب نصار العزام بركات عودة شاهين"),
        own=(("civil_society", "جمعية النفاذ الرقمي"), ("government", "الأردن")),
    ),
    Homeland(
        "Germany",
        "Western Europe",
        _words("Anneliese Jürgen Katharina Sönke Miriam Björn"),
        _words("Grünwald Scholz-Behrend Öztürk Krüger Weiß Adler"),
    ),
)
