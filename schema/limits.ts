/** Every limit of the report, the collector and ingest in one place, each with its reason. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A visit ends after this long without a page view or input: the field's usual session rule. */
export const visitGapMs = 30 * minuteMs;
/** A visit never lasts longer than this, however busy. */
export const visitMaxMs = 4 * hourMs;
/** A view that has been silent this long is over and may be folded. */
export const viewSilentMs = 30 * minuteMs;
/** A visible view reports this often, so that it never looks silent. */
export const aliveEveryMs = 20 * minuteMs;
/** An unconfirmed report is offered again for this long. */
export const outboxMs = 24 * hourMs;
/** A period is sealed this long after its end: reports can be `outboxMs` late, and clocks differ. */
export const lateMs = 26 * hourMs;
/** Receipts recognise late copies and allow erasure for this long. */
export const receiptMs = 30 * 24 * hourMs;
/** The collector asks for its configuration this often. */
export const configMs = hourMs;
/** Engaged time is credited for this long after the last input. */
export const engagedCreditMs = 30_000;
/** A navigation intent counts as the leaving method if the page goes within this long. */
export const intentMs = 5_000;
/** A reload is told afterwards if the next view of the tab begins within this long. */
export const reloadMs = 10_000;
/** Wall clock and monotonic clock may differ this much in a tick before it counts as sleep. */
export const sleepMs = 2_000;

export const maxBodyBytes = 64 * 1024;
export const maxReportsPerPost = 20;
export const maxSeq = 10_000;
export const maxIndex = 1_000;
export const maxPathChars = 200;
export const maxHostChars = 100;
export const maxElementChars = 120;
export const maxElementsPerReport = 50;
/** How often anything can have happened in one page view. */
export const maxTimes = 1_000;
export const maxFirst = 320;
/** Names in words: of campaigns, events, properties and their values. */
export const maxWordsChars = 60;
export const maxCampaignChars = maxWordsChars;
/** Lines of requests, not names: a name has a line for each bucket. */
export const maxRoutesPerReport = 30;
export const maxPartiesPerReport = 20;
export const maxFormsPerReport = 10;
export const maxErrorsPerReport = 10;
export const maxLinksPerReport = 20;
export const maxEventsPerReport = 20;
export const maxPropertiesPerReport = 40;
export const maxGoalsPerReport = 20;
/** Pages of one browser in a period that count in a release. */
export const maxBoundedPages = 8;

/** Names per site and period in the open book; beyond these a name counts as "(other)", so that nobody can blow up a book. */
export const maxPages = 5_000;
export const maxElementsPerPage = 50;
export const maxHosts = 500;
export const maxRoutes = 30;
export const maxParties = 20;
export const maxEvents = 50;
export const maxValuesPerEvent = 10;
export const maxErrors = 200;
export const maxDownloads = 500;
export const maxCampaigns = 200;
export const maxFamilies = 60;
export const maxLanguages = 100;
export const maxFormsPerPage = 10;
export const maxFieldsPerPage = 50;
/** What can have asked for consent: our banner, the page, a consent tool. */
export const maxMechanisms = 30;
export const maxGoals = 20;
export const maxFunnels = 10;
export const maxStepsPerFunnel = 8;

/** Longest a grant can be valid; ingest refuses older ones. */
export const maxGrantDays = 365;
export const defaultGrantDays = 180;
export const refusalDays = 180;
/** Longest answer time a notice may promise: the law's month. */
export const maxAnswerDays = 30;
/** A text of a notice: it travels in every gate file. */
export const maxNoticeChars = 2_000;

/** Default and bounds of k, the smallest number of devices a sealed group may have. */
export const defaultK = 5;
export const minK = 5;
/** Sealed statistics are kept this long unless the site says otherwise: two years and a month, to compare years. */
export const defaultRetentionMonths = 25;
export const maxK = 50;
/** Books of a site: one takes about 1,000 reports a second. */
export const maxBooks = 64;
/** A note on the trend line is a line of text, and a site has as many as people can still read. */
export const maxNoteChars = 120;
export const maxNotes = 1_000;
/** A saved view's name stands in a menu, and a menu has as many as can be looked through. */
export const maxViewNameChars = 60;
export const maxSavedViews = 50;
