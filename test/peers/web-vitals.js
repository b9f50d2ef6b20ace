/** web-vitals alone, with attribution, each metric sent by a beacon of its own, as its README shows. */
import { onCLS, onFCP, onINP, onLCP, onTTFB } from "web-vitals/attribution";

function send({ name, value, delta, rating, id, navigationType, attribution }) {
	const target = attribution.target ?? attribution.interactionTarget ?? attribution.largestShiftTarget;
	navigator.sendBeacon(
		`${SINK}/vitals`,
		JSON.stringify({ name, value, delta, rating, id, navigationType, target, page: location.href }),
	);
}

for (const observe of [onCLS, onFCP, onINP, onLCP, onTTFB]) observe(send);
