// How people are named on every screen. Of one who was hidden, or who took out their data, only the group is known.

import { bdi } from "./dom.js";
import { t } from "./i18n.js";

/** A person's name as text, for titles and live regions. */
export const nameText = (person) => person?.name || (person?.hidden ? t("person.unnamed") : "");

/** The same as a node that turns nothing around. */
export const nameNode = (person) => bdi(nameText(person));
