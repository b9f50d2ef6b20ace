/** The words of access: what somebody may do, how they signed in, and what the log tells. Leaves out who asks and how it is checked. */

/**
 * owner: everything on a site · viewer: its figures · operator: closes periods and changes settings, sees no figures ·
 * partner: one release. An operator is always a key, never a person.
 */
export const roles = ["owner", "viewer", "operator", "partner"] as const;
export type Role = (typeof roles)[number];

/** `access`: Cloudflare Access vouched for the person's e-mail address. */
export const loginWays = ["link", "invitation", "passkey", "code", "access"] as const;
export type LoginWay = (typeof loginWays)[number];

export const accessEvents = [
	"invited",
	"invitation-ended",
	"granted",
	"ended",
	"key-issued",
	"key-ended",
	"signed-in",
	"passkey-added",
	"passkey-removed",
	"codes-made",
	"viewed",
	"exported",
	"site-added",
	"changed",
	"published",
	"samples-deleted",
] as const;
export type AccessEvent = (typeof accessEvents)[number];
