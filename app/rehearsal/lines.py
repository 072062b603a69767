"""What they want to speak about: one line each, by the topic's place among the questions of the session."""

from collections.abc import Sequence

LINES: Sequence[Sequence[str]] = (
    (
        "Meaningful connectivity, not only coverage: rural schools in our region",
        "People-centred means that people with disabilities are at the design table",
        "From 6% online in 2003 to two thirds today; the last third is the hardest",
        "The vision holds, the business models do not",
        "Community networks as public infrastructure",
        "L’inclusion des langues africaines dans les services publics en ligne",
        "Gender gap in device ownership: what changed after 2015 and what did not",
        "La brecha ya no es de acceso sino de uso",
        "Action lines and the SDGs: one matrix, one report, please",
        "التعليم الرقمي في المناطق الريفية",
        "Older people were not in the Geneva plan of action",
        "Small island states: one cable cut and the vision is gone for a month",
    ),
    (
        "AI in public services: who answers for a wrong decision?",
        "Compute and data are concentrated: what that does to development",
        "Models that know our languages need our data, on our terms",
        "Early warning by AI: what worked in the 2022 floods",
        "Labour behind the models: content moderators and annotators",
        "Energy and water: the footprint of the data centre next door",
        "L’IA au service des petits agriculteurs: un essai de trois ans",
        "Teachers first, tools second",
        "人工智能与数字鸿沟",
        "Open source as a path for those who come late",
        "Elecciones, desinformación y modelos generativos",
        "Standards for trustworthy AI that a small firm can afford to follow",
    ),
    (
        "Keep the IGF: permanent mandate, stable funding",
        "A joint review of WSIS and the Global Digital Compact instead of two tracks",
        "Technology transfer with maintenance and training in the price",
        "Financing for digital public infrastructure",
        "Data governance: regional agreements before a global one",
        "Participation costs: fund travel and interpretation for the least developed countries",
        "Mesurer ce qui compte: indicateurs communs pour 2025",
        "Cultural diversity online: remuneration of local creators",
        "Cooperación sur-sur en ciberseguridad",
        "Multistakeholder does not mean unaccountable",
        "E-waste: producer responsibility across borders",
        "تمويل البنية التحتية الرقمية العامة",
    ),
)


def lines_for(question: int) -> Sequence[str]:
    """The lines for the first (0), second, third… question of the session."""
    return LINES[question % len(LINES)]
