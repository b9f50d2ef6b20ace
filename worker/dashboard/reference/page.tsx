/** The reference of the HTTP calls, drawn from their description: readable without a script, in nb and en. */
import type { ApiDescription } from "../../stats/openapi.ts";
import type { Content, Operation } from "../../stats/operation.ts";
import type { Language } from "../format.ts";
import { type AssetPaths, Header, renderPage } from "../layout.tsx";
import { Fields, kindOf, Prose, shapeId } from "./shape.tsx";
import { groups, type ReferenceWords, referenceWords } from "./words.ts";

/** What this page alone needs of a look. */
const look = `
.reference{max-width:960px}
.reference h1{margin:24px 0 8px;font-size:28px;line-height:1.2}
.reference h2{margin:32px 0 12px;font-size:20px}
.reference h2.group{margin:16px 0 4px;font-size:15px}
.reference h3{margin-bottom:4px;font-size:16px;overflow-wrap:anywhere}
.reference h4{margin:16px 0 4px;color:var(--ink2);font-size:13.5px;font-weight:620}
.reference p,.reference dd{overflow-wrap:anywhere}
.reference a{color:var(--accent);text-underline-offset:3px}
.reference :is(p,dd) a{display:inline-block;min-height:24px;line-height:24px}
.reference code,.reference pre{font:13px/1.5 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.reference pre{margin-top:8px;padding:12px;border-radius:8px;background:var(--sunken);white-space:pre-wrap}
.reference dl{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,5fr);gap:4px 16px;font-size:14.5px}
.reference .kind{color:var(--ink2)}
.reference h3 code{font-size:15px;font-weight:620}
.reference nav ul{columns:2;margin-bottom:16px}
.reference nav li{padding:4px 0;break-inside:avoid}
.reference nav a{display:inline-block;min-height:24px;overflow-wrap:anywhere}
@media(max-width:760px){.reference nav ul{columns:1}.reference dl{grid-template-columns:minmax(0,1fr)}.reference dd{margin-bottom:8px}.reference nav a,.reference p>a{display:block;min-height:44px;padding:10px 0}.reference summary{padding:11px 0;min-height:44px}}
`;

interface Call {
	method: string;
	path: string;
	operation: Operation;
}

export function renderReference(input: {
	api: ApiDescription;
	language: Language;
	nonce: string;
	paths: AssetPaths;
	style: string;
}): string {
	const { api, language } = input;
	const words = referenceWords[language];
	const calls = Object.entries(api.paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]): Call => ({ method: method.toUpperCase(), path, operation })),
	);
	const callsOf = (group: string) => calls.filter(({ operation }) => operation.tags[0] === group);
	return renderPage({
		...input,
		style: input.style + look,
		title: `${words.title} · Sporløs`,
		scripted: false,
		header: <Header name="Sporløs" language={language} languageLink={`?lang=${language === "nb" ? "en" : "nb"}`} />,
		children: (
			<main id="main" class="wrap reference" tabindex={-1}>
				<h1>{words.title}</h1>
				<p>{api.info.description}</p>
				<p>
					<Prose text={words.intro} />{" "}
					{api.components.securitySchemes.key?.description && (
						<Prose text={api.components.securitySchemes.key.description} />
					)}
				</p>
				<p>
					<a href="/v1/openapi.json">{words.machine}</a>
				</p>
				<nav aria-label={words.contents}>
					{groups.map((group) => (
						<>
							<h2 class="group">{words.groups[group]}</h2>
							<ul>
								{callsOf(group).map(({ method, path, operation }) => (
									<li>
										<a href={`#${operation.operationId}`}>
											{method} {path}
										</a>
									</li>
								))}
							</ul>
						</>
					))}
				</nav>
				{groups.map((group) => (
					<section aria-labelledby={`group-${group}`}>
						<h2 id={`group-${group}`}>{words.groups[group]}</h2>
						{callsOf(group).map((call) => (
							<CallPanel call={call} words={words} />
						))}
					</section>
				))}
				<section aria-labelledby="shapes">
					<h2 id="shapes">{words.shapes}</h2>
					{Object.entries(api.components.schemas).map(([name, schema]) => (
						<article class="panel" id={shapeId(name)} aria-labelledby={`${shapeId(name)}-name`}>
							<h3 id={`${shapeId(name)}-name`}>{name}</h3>
							{typeof schema.description === "string" && (
								<p>
									<Prose text={schema.description} />
								</p>
							)}
							<Fields schema={schema} words={words} />
						</article>
					))}
				</section>
			</main>
		),
	});
}

function CallPanel({ call: { method, path, operation }, words }: { call: Call; words: ReferenceWords }) {
	const { operationId: id, parameters, requestBody, responses } = operation;
	const [answers, refusals] = [true, false].map((isAnswer) =>
		Object.entries(responses).filter(([status]) => status.startsWith("2") === isAnswer),
	);
	return (
		<article class="panel" id={id} aria-labelledby={`${id}-name`}>
			<h3 id={`${id}-name`}>
				<code>
					{method} {path}
				</code>
			</h3>
			<p>
				<Prose text={operation.summary} />
			</p>
			{parameters.length > 0 && (
				<>
					<h4>{words.parameters}</h4>
					<dl>
						{parameters.map(({ name, required, schema, description = "" }) => (
							<>
								<dt>
									<code>{name}</code>
								</dt>
								<dd>
									<span class="kind">
										{kindOf(schema, words)}
										{required && ` (${words.required})`}
									</span>{" "}
									<Prose text={description} />
								</dd>
							</>
						))}
					</dl>
				</>
			)}
			{requestBody && (
				<>
					<h4>{words.body}</h4>
					<ContentParts content={requestBody.content} words={words} />
				</>
			)}
			<h4>{words.answer}</h4>
			{answers?.map(([status, { content }]) => (
				<ContentParts status={status} content={content ?? {}} words={words} />
			))}
			<h4>{words.refused}</h4>
			<dl>
				{refusals?.map(([status, { description }]) => (
					<>
						<dt>{status === "default" ? "…" : status}</dt>
						<dd lang={status === "default" ? undefined : "en"}>
							{description.split("\n").map((line, i) => (
								<>
									{i > 0 && <br />}
									<Prose text={line} />
								</>
							))}
						</dd>
					</>
				))}
			</dl>
		</article>
	);
}

function ContentParts({ status = "", content, words }: { status?: string; content: Content; words: ReferenceWords }) {
	const parts = Object.entries(content);
	if (parts.length === 0) return <p>{`${status} ${words.nothing}`}</p>;
	return parts.map(([type, { schema, example }]) => (
		<>
			<p>
				{status} <code>{type}</code> {schema ? kindOf(schema, words) : words.file}
			</p>
			{schema && !schema.$ref && schema.properties ? <Fields schema={schema} words={words} /> : ""}
			{example !== undefined && (
				<details>
					<summary>{words.example}</summary>
					<pre>{typeof example === "string" ? example : JSON.stringify(example, null, 2)}</pre>
				</details>
			)}
		</>
	));
}
