/** Real answers and bodies of releases for the description, as worker/stats/examples.ts has those of figures: lists cut to their first entry. */

export const releaseExamples: Record<string, { body?: unknown; answer?: unknown }> = {
	"POST /v1/sites/{site}/releases/plan": {
		body: {
			period: "week",
			pages: ["/", "/turer"],
			epsilon: 0.5,
		},
		answer: {
			pages: ["/", "/turer"],
			starts: "2026-11-30",
			basis: {
				from: "2026-11-20",
				to: "2026-11-22",
				periods: 3,
			},
			shown: {
				pages: 2,
				share: 1,
			},
			groups: [{ group: "site", plusMinus: 79, ofPeriod: 208 }],
			threshold: null,
			budget: {
				epsilon: 0.5,
				delta: 5e-7,
				month: {
					periods: 31,
					epsilon: 3.16,
					delta: 5e-7,
				},
				year: {
					periods: 366,
					epsilon: 12.94,
					delta: 5e-7,
				},
			},
			together: {
				releases: 2,
				epsilon: 1.14,
				delta: 1e-6,
			},
		},
	},
	"POST /v1/sites/{site}/releases": {
		body: {
			name: "Buss",
			audience: "Fjordbuss AS",
			period: "week",
			pages: ["/", "/turer"],
			epsilon: 0.5,
		},
		answer: {
			release: "xXi8LDqM3aYZDcDM",
			site: "Shop",
			name: "Buss",
			audience: "Fjordbuss AS",
			period: "week",
			grain: "day",
			timeZone: "Europe/Oslo",
			groups: ["site", "page", "dwell", "device", "channel", "country", "lcp", "inp", "cls"],
			pages: ["/", "/turer"],
			countries: ["NO", "SE", "DK", "FI", "IS", "DE", "GB", "NL", "FR", "ES", "IT", "PL", "US"],
			unlisted: false,
			epsilon: 0.5,
			delta: 5e-7,
			k: 5,
			released: null,
			frames: [],
			webhook: null,
			samples: false,
			created: "2026-11-23T00:30:45.917Z",
			starts: "2026-11-30",
			ended: null,
			budget: {
				epsilon: 0.5,
				delta: 5e-7,
				month: {
					periods: 31,
					epsilon: 3.16,
					delta: 5e-7,
				},
				year: {
					periods: 366,
					epsilon: 12.94,
					delta: 5e-7,
				},
			},
			spent: {
				month: {
					periods: 0,
					epsilon: 0,
					delta: 0,
				},
				year: {
					periods: 0,
					epsilon: 0,
					delta: 0,
				},
			},
		},
	},
	"PUT /v1/sites/{site}/releases/{release}": {
		body: {
			frames: ["https://fjordbuss.example"],
		},
		answer: {
			release: "QWLFdzAv4Z7cqKj-",
			site: "Shop",
			name: "Buss",
			audience: "Fjordbuss AS",
			period: "day",
			grain: "day",
			timeZone: "Europe/Oslo",
			groups: ["site", "page", "dwell", "device", "channel", "country", "lcp", "inp", "cls"],
			pages: ["/", "/turer"],
			countries: ["NO", "SE"],
			unlisted: true,
			epsilon: 1,
			delta: 1e-6,
			k: 5,
			released: {
				from: "2026-11-20",
				to: "2026-11-22",
			},
			frames: ["https://fjordbuss.example"],
			webhook: null,
			samples: false,
			created: "2026-11-19T00:30:45.049Z",
			starts: "2026-11-20",
			ended: null,
			budget: {
				epsilon: 1,
				delta: 1e-6,
				month: {
					periods: 31,
					epsilon: 6.55,
					delta: 1.6e-5,
				},
				year: {
					periods: 366,
					epsilon: 29.26,
					delta: 0.00018350000000000002,
				},
			},
			spent: {
				month: {
					periods: 3,
					epsilon: 1.81,
					delta: 2e-6,
				},
				year: {
					periods: 3,
					epsilon: 1.81,
					delta: 2e-6,
				},
			},
		},
	},
	"GET /v1/releases/{release}/stats/summary": {
		answer: {
			release: "QWLFdzAv4Z7cqKj-",
			range: {
				from: "2026-11-20",
				to: "2026-11-22",
			},
			period: "day",
			timeZone: "Europe/Oslo",
			method: "discrete-gaussian",
			periods: 3,
			sample: false,
			visitors: {
				low: 418,
				value: 489,
				high: 560,
			},
			before: null,
			change: null,
		},
	},
	"GET /v1/releases/{release}/stats/summary.csv": {
		answer: "figure,from,to,value,low,high,method\r\nvisitors,2026-11-20,2026-11-22,489,418,560,discrete-gaussian\r\n",
	},
	"GET /v1/releases/{release}/stats/timeline": {
		answer: {
			release: "QWLFdzAv4Z7cqKj-",
			range: {
				from: "2026-11-20",
				to: "2026-11-22",
			},
			period: "day",
			timeZone: "Europe/Oslo",
			method: "discrete-gaussian",
			periods: 3,
			sample: false,
			rows: [
				{
					period: "2026-11-20",
					from: "2026-11-20",
					to: "2026-11-20",
					low: 117,
					value: 158,
					high: 199,
				},
			],
			weeks: [],
		},
	},
	"GET /v1/releases/{release}/stats/timeline.csv": {
		answer:
			"period,from,to,value,low,high,method\r\n2026-11-20,2026-11-20,2026-11-20,158,117,199,discrete-gaussian\r\n",
	},
	"GET /v1/releases/{release}/stats/pages": {
		answer: {
			release: "QWLFdzAv4Z7cqKj-",
			range: {
				from: "2026-11-20",
				to: "2026-11-22",
			},
			period: "day",
			timeZone: "Europe/Oslo",
			method: "discrete-gaussian",
			periods: 3,
			sample: false,
			rows: [
				{
					page: "/",
					declared: true,
					periods: 3,
					low: 144,
					value: 207,
					high: 270,
				},
			],
		},
	},
	"GET /v1/releases/{release}/stats/pages.csv": {
		answer: "page,declared,periods,value,low,high,method\r\n/,true,3,207,144,270,discrete-gaussian\r\n",
	},
	"GET /v1/releases/{release}/stats/dwell": {
		answer: {
			release: "QWLFdzAv4Z7cqKj-",
			range: {
				from: "2026-11-20",
				to: "2026-11-22",
			},
			period: "day",
			timeZone: "Europe/Oslo",
			method: "discrete-gaussian",
			periods: 3,
			sample: false,
			rows: [
				{
					page: "/",
					fromMs: 0,
					toMs: 2000,
					low: -66,
					value: 34,
					high: 134,
				},
			],
		},
	},
	"GET /v1/releases/{release}/stats/dwell.csv": {
		answer: "page,fromMs,toMs,value,low,high,method\r\n/,0,2000,34,-66,134,discrete-gaussian\r\n",
	},
	"GET /v1/releases/{release}/stats/channels": {
		answer: {
			release: "QWLFdzAv4Z7cqKj-",
			range: {
				from: "2026-11-20",
				to: "2026-11-22",
			},
			period: "day",
			timeZone: "Europe/Oslo",
			method: "discrete-gaussian",
			periods: 3,
			sample: false,
			rows: [
				{
					channel: "direct",
					low: 90,
					value: 161,
					high: 232,
				},
			],
		},
	},
	"GET /v1/releases/{release}/stats/channels.csv": {
		answer: "channel,value,low,high,method\r\ndirect,161,90,232,discrete-gaussian\r\n",
	},
	"GET /v1/releases/{release}/stats/devices": {
		answer: {
			release: "QWLFdzAv4Z7cqKj-",
			range: {
				from: "2026-11-20",
				to: "2026-11-22",
			},
			period: "day",
			timeZone: "Europe/Oslo",
			method: "discrete-gaussian",
			periods: 3,
			sample: false,
			rows: [
				{
					device: "desktop",
					low: 11,
					value: 82,
					high: 153,
				},
			],
		},
	},
	"GET /v1/releases/{release}/stats/devices.csv": {
		answer: "device,value,low,high,method\r\ndesktop,82,11,153,discrete-gaussian\r\n",
	},
	"GET /v1/releases/{release}/stats/countries": {
		answer: {
			release: "QWLFdzAv4Z7cqKj-",
			range: {
				from: "2026-11-20",
				to: "2026-11-22",
			},
			period: "day",
			timeZone: "Europe/Oslo",
			method: "discrete-gaussian",
			periods: 3,
			sample: false,
			rows: [
				{
					country: "NO",
					low: 466,
					value: 537,
					high: 608,
				},
			],
		},
	},
	"GET /v1/releases/{release}/stats/countries.csv": {
		answer: "country,value,low,high,method\r\nNO,537,466,608,discrete-gaussian\r\n",
	},
	"GET /v1/releases/{release}/stats/vitals": {
		answer: {
			release: "QWLFdzAv4Z7cqKj-",
			range: {
				from: "2026-11-20",
				to: "2026-11-22",
			},
			period: "day",
			timeZone: "Europe/Oslo",
			method: "discrete-gaussian",
			periods: 3,
			sample: false,
			bands: [
				{
					vital: "lcp",
					band: "good",
					low: -144,
					value: 86,
					high: 316,
				},
			],
			rows: [
				{
					vital: "lcp",
					from: 0,
					to: 200,
					low: -164,
					value: -77,
					high: 10,
				},
			],
		},
	},
	"GET /v1/releases/{release}/stats/vitals.csv": {
		answer: "vital,from,to,value,low,high,method\r\nlcp,0,200,-77,-164,10,discrete-gaussian\r\n",
	},
};
