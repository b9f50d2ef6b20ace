/** The pages of figures, in the order of the navigation. A page in this list has its route and its link. */
import { interactions } from "./interactions/page.tsx";
import { overview } from "./overview.tsx";
import { pages } from "./pages/page.tsx";
import { paths } from "./paths/page.tsx";
import { privacy } from "./privacy/page.tsx";
import type { Section } from "./section.tsx";
import { speed } from "./speed/page.tsx";

export const sections: readonly Section[] = [overview, pages, speed, paths, interactions, privacy];
