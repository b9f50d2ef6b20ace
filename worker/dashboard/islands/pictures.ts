/** Buttons that save a chart as a picture. Leaves out how: that is loaded when somebody asks for one. */

export function offerPictures(): void {
	addEventListener("click", async ({ target }) => {
		const button = target instanceof Element && target.closest("[data-picture]");
		const figure = button && (button.closest("figure") ?? button.parentElement?.querySelector("figure"));
		if (!figure) return;
		const { savePicture } = await import("./picture.ts");
		await savePicture(figure);
	});
}
