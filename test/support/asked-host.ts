/** Whom the first bytes of a connection ask for. Leaves out everything that comes after them. */

/** The server's name in a TLS ClientHello (RFC 8446, 4.1.2; RFC 6066, 3). Searching for something like a name would find random bytes. */
function serverName(hello: Buffer): string | undefined {
	let at = 5 + 4 + 2 + 32; // record, handshake, version, random
	at += 1 + hello.readUInt8(at); // session
	at += 2 + hello.readUInt16BE(at); // ciphers
	at += 1 + hello.readUInt8(at); // compression
	at += 2;
	while (at < hello.length) {
		const [type, length] = [hello.readUInt16BE(at), hello.readUInt16BE(at + 2)];
		if (type === 0) return hello.toString("latin1", at + 9, at + 4 + length);
		at += 4 + length;
	}
	return undefined;
}

/** A host name; "nobody" where none is said. */
export function askedHost(bytes: Buffer): string {
	try {
		const isTls = bytes[0] === 22;
		const host = isTls ? serverName(bytes) : /^host: *([^\s:]+)/im.exec(bytes.toString("latin1"))?.[1];
		return host ?? "nobody";
	} catch {
		return "nobody"; // cut off
	}
}
