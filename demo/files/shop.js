/**
 * The shop's own script, as an owner would write it: tells of an order, and fills in today's weather. Works the same for
 * visitors who are not measured, for whom `sporlos.event` does nothing.
 */
const order = document.querySelector('form[action="/bestill"]');
order?.addEventListener("submit", () => {
	const tours = {
		"Kajakk ved soloppgang": "kajakk",
		"Nordlys fra robåt": "nordlys",
		"Geiranger på en dag": "geiranger",
	};
	const name = new FormData(order).get("tur");
	window.sporlos?.event("bestilling", { tur: tours[name] ?? "brevandring" });
});

const places = document.querySelectorAll("[data-vaer]");
if (places.length > 0) {
	const weather = await (await fetch("/api/vaer")).json();
	for (const place of places) place.textContent = `${weather[place.dataset.vaer]} ${place.dataset.enhet}`;
}
