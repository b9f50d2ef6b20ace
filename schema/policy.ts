/**
 * What a notice has to say before it can be published, checked alike by the HTTP route and the command line; and what the two of
 * them answer. Leaves out what a new version may change about the one before it (worker/policies/publish.ts).
 */
import * as v from "valibot";
import { maxAnswerDays, maxGrantDays, maxNoticeChars } from "./limits.ts";
import { purposes } from "./purposes.ts";
import type { Notice } from "./site.ts";
import { named, said } from "./words.ts";

/** Languages the banner has words of its own in. */
export const noticeLanguages = ["nb", "nn", "en", "sv", "da", "de", "fr", "es"] as const;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const unprintable = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|\p{Surrogate}/u;

function words(name: string, maxChars = maxNoticeChars) {
	return v.pipe(
		v.string(`${name} is a text.`),
		v.check((text) => text.trim() !== "", `${name} is missing: a visitor cannot agree to what is not said.`),
		v.maxLength(maxChars, `${name} has at most ${maxChars} characters.`),
		v.check((text) => !unprintable.test(text), `${name} holds no control characters.`),
	);
}

function days(name: string, max: number) {
	const message = `${name} is a whole number of days from 1 to ${max}.`;
	return v.pipe(v.number(message), v.integer(message), v.minValue(1, message), v.maxValue(max, message));
}

const text = v.strictObject(
	{
		title: words("title", 120),
		text: words("text"),
		recipients: words("recipients"),
		retention: words("retention"),
		changes: v.exactOptional(words("changes")),
	},
	"A language has title, text (who measures, why and what), recipients, retention (how long, and how to withdraw) and, in a new version, changes.",
);

export const noticeSchema = named(
	"Notice",
	v.strictObject(
		{
			languages: said(
				v.pipe(
					v.record(v.picklist(noticeLanguages, `A language is one of ${noticeLanguages.join(", ")}.`), text),
					v.check((languages) => Object.keys(languages).length > 0, "A notice speaks at least one language."),
				),
				"The texts by language; the first language is the site's own.",
				"Tekstene etter språk; det første er nettstedets eget.",
			),
			purposes: v.pipe(
				v.array(
					v.picklist(purposes, `A purpose is one of ${purposes.join(", ")}.`),
					"purposes is a list, because each is asked for by itself.",
				),
				v.minLength(1, "A notice asks for at least one purpose."),
				v.check((list) => new Set(list).size === list.length, "A purpose is asked for once."),
			),
			contact: said(
				v.pipe(
					v.string("contact is a text."),
					v.regex(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/, "contact is an e-mail address for questions and rights."),
					v.maxLength(200, "contact has at most 200 characters."),
				),
				"E-mail address for questions and rights.",
				"E-postadresse for spørsmål og rettigheter.",
			),
			phone: v.exactOptional(
				said(
					v.pipe(
						v.string("phone is a text."),
						v.regex(/^\+[1-9]\d{6,14}$/, "phone is a number for text messages, written as +4712345678."),
					),
					"Telephone number that takes text messages.",
					"Telefonnummer som tar imot tekstmeldinger.",
				),
			),
			answerDays: v.exactOptional(
				said(
					days("answerDays", maxAnswerDays),
					"Questions are answered within so many days. The law allows a month (GDPR, article 12).",
					"Spørsmål besvares innen så mange dager. Loven tillater en måned (GDPR artikkel 12).",
				),
			),
			grantDays: v.exactOptional(
				said(
					days("grantDays", maxGrantDays),
					"A grant lasts this long; 180 days where nothing is said.",
					"Så lenge varer et samtykke; 180 dager der intet er sagt.",
				),
			),
			link: v.exactOptional(
				said(
					v.pipe(
						v.string("link is a text."),
						v.maxLength(300, "link has at most 300 characters."),
						v.regex(
							/^(https?:\/)?\/[^\s<>"\\]+$/,
							"link is a page of the site (/privacy) or a whole address (https://…).",
						),
					),
					"Page with the whole privacy notice.",
					"Side med hele personvernerklæringen.",
				),
			),
		},
		"A notice has languages, purposes and contact, and may have phone, answerDays, grantDays and link; nothing else.",
	),
);

export const publicationSchema = named(
	"Publication",
	v.strictObject(
		{
			material: said(
				v.boolean("material is true where visitors have to be asked again, and false for an editorial change."),
				"True where visitors are asked again; false for an editorial change, after which grants still hold.",
				"Sann når de besøkende spørres på nytt; usann ved en redaksjonell endring, der samtykker fortsatt gjelder.",
			),
			notice: noticeSchema,
		},
		"Send material and notice, and nothing else.",
	),
);
export interface Publication {
	material: boolean;
	notice: Notice;
}

const line = v.object({
	policy: said(
		v.string(),
		"The version, as grants and reports name it: the first 16 characters of the hash.",
		"Versjonen slik samtykker og rapporter nevner den: de første 16 tegnene i hashen.",
	),
	sha256: said(
		v.string(),
		"SHA-256 of the canonical JSON (RFC 8785) of follows, material and notice, base64url.",
		"SHA-256 av kanonisk JSON (RFC 8785) av follows, material og notice, base64url.",
	),
	follows: said(v.nullable(v.string()), "The version before it.", "Versjonen før den."),
	material: v.boolean(),
	published: said(v.pipe(v.string(), v.isoTimestamp()), "When it was published, UTC.", "Når den ble publisert, UTC."),
	holds: said(
		v.boolean(),
		"Whether a grant under this version still holds: since it, only editorial changes were published.",
		"Om et samtykke til denne versjonen fortsatt gjelder: siden den er bare redaksjonelle endringer publisert.",
	),
});
export type PolicyLine = v.InferOutput<typeof line>;
export const policyAnswer = named("Policy", v.object({ ...line.entries, notice: noticeSchema }));
export const historyAnswer = named(
	"Policies",
	v.object({
		site: v.string(),
		policies: said(v.array(line), "The newest first.", "Den nyeste først."),
	}),
);
