/**
 * Microsoft Clarity's recorder with its defaults; its hosted tag would be another request before this one. Without cookies,
 * because from the second page on it takes the address to send to from its cookie, and makes it https.
 */
import { clarity } from "clarity-js";

clarity.start({ projectId: "bench", upload: `${SINK}/collect`, track: false, content: true });
