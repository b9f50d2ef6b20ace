/** The languages the banner speaks. A delivered gate file holds only those of the site's notice. */
import type { BannerWords } from "../../../schema/banner-words.ts";
import type { noticeLanguages } from "../../../schema/policy.ts";
import { da } from "./da.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { nb } from "./nb.ts";
import { nn } from "./nn.ts";
import { sv } from "./sv.ts";

type Language = (typeof noticeLanguages)[number];

export const bannerWords: Record<Language, BannerWords> = { nb, nn, en, sv, da, de, fr, es };
