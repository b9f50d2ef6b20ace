/**
 * Notes which scripts ask the device about itself. What every page may need for its layout is a `read`; what serves to tell
 * one device from another is a `fingerprint`. Leaves out window sizes, and the signals by which a browser says no.
 */
import { note } from "./tell.ts";
import { onCall, onNew, onRead } from "./wrap.ts";

const readings = {
	navigator:
		"userAgent appVersion platform vendor product language languages hardwareConcurrency deviceMemory maxTouchPoints connection userAgentData cookieEnabled pdfViewerEnabled webdriver",
	screen: "width height availWidth availHeight colorDepth pixelDepth orientation",
	window: "devicePixelRatio outerWidth outerHeight screenX screenY",
};

/** From so many different fonts on, measuring text is looking for what is installed. */
const fontsOfASearch = 20;

function isRenderer(parameter: unknown): boolean {
	return [7936, 7937, 37445, 37446].includes(parameter as number); // vendor and renderer, masked and unmasked
}

export function watchDevice(): void {
	for (const name of readings.navigator.split(" ")) onRead(Navigator.prototype, name, "read", `navigator.${name}`);
	for (const name of readings.screen.split(" ")) onRead(Screen.prototype, name, "read", `screen.${name}`);
	for (const name of readings.window.split(" ")) onRead(window, name, "read", name);
	onRead(Document.prototype, "referrer", "read", "document.referrer");
	onCall(Intl.DateTimeFormat.prototype, "resolvedOptions", () => note({ kind: "read", what: "time zone" }));

	const fingerprint = (what: string) => () => note({ kind: "fingerprint", what });
	for (const name of ["plugins", "mimeTypes"])
		onRead(Navigator.prototype, name, "fingerprint", `list of ${name === "plugins" ? "plug-ins" : "file types"}`);
	const { mediaDevices, keyboard, gpu, storage } = navigator as Navigator & { keyboard?: object; gpu?: object };
	onCall(Navigator.prototype, "getBattery", fingerprint("battery"));
	onCall(Navigator.prototype, "getGamepads", fingerprint("game controllers"));
	onCall(
		mediaDevices && Object.getPrototypeOf(mediaDevices),
		"enumerateDevices",
		fingerprint("cameras and microphones"),
	);
	onCall(keyboard && Object.getPrototypeOf(keyboard), "getLayoutMap", fingerprint("keyboard layout"));
	onCall(gpu && Object.getPrototypeOf(gpu), "requestAdapter", fingerprint("graphics card"));
	onCall(storage && Object.getPrototypeOf(storage), "estimate", fingerprint("size of the disk"));
	onCall(window.Geolocation?.prototype, "getCurrentPosition", fingerprint("position"));
	onCall(window.Geolocation?.prototype, "watchPosition", fingerprint("position"));
	onCall(window.speechSynthesis && Object.getPrototypeOf(speechSynthesis), "getVoices", fingerprint("voices"));
	const { userAgentData } = navigator as Navigator & { userAgentData?: object };
	onCall(userAgentData && Object.getPrototypeOf(userAgentData), "getHighEntropyValues", fingerprint("device model"));

	onCall(HTMLCanvasElement.prototype, "toDataURL", fingerprint("canvas"));
	onCall(HTMLCanvasElement.prototype, "toBlob", fingerprint("canvas"));
	onCall(window.OffscreenCanvas?.prototype, "convertToBlob", fingerprint("canvas"));
	onCall(CanvasRenderingContext2D.prototype, "getImageData", fingerprint("canvas"));
	for (const context of [window.WebGLRenderingContext, window.WebGL2RenderingContext]) {
		onCall(
			context?.prototype,
			"getParameter",
			([parameter]) => isRenderer(parameter) && fingerprint("graphics card")(),
		);
		onCall(context?.prototype, "readPixels", fingerprint("canvas"));
		onCall(context?.prototype, "getSupportedExtensions", fingerprint("graphics card"));
		onCall(context?.prototype, "getShaderPrecisionFormat", fingerprint("graphics card"));
	}
	onNew("OfflineAudioContext", fingerprint("sound rendering"));
	onNew("webkitOfflineAudioContext", fingerprint("sound rendering"));
	onNew("RTCPeerConnection", fingerprint("network addresses (WebRTC)"));
	onCall(window, "queryLocalFonts", fingerprint("fonts"));

	const fonts = new Set<string>();
	const tryFont = (font: unknown) => {
		fonts.add(String(font));
		if (fonts.size === fontsOfASearch) fingerprint("fonts")();
	};
	onCall(document.fonts && Object.getPrototypeOf(document.fonts), "check", ([font]) => tryFont(font));
	onCall(CanvasRenderingContext2D.prototype, "measureText", (_, self) =>
		tryFont((self as CanvasRenderingContext2D).font),
	);
}
