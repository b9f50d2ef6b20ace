"use client";

/** Links that Next.js prefetches, and buttons that use its router. */
import Link from "next/link";
import { useRouter } from "next/navigation";

export function Menu() {
	const router = useRouter();
	return (
		<nav>
			<Link id="to-b" href="/b">
				b
			</Link>
			<button id="to-c" type="button" onClick={() => router.push("/c")}>
				c
			</button>
			<button id="to-old" type="button" onClick={() => router.push("/old")}>
				old
			</button>
			<button id="query" type="button" onClick={() => router.replace("?sort=price")}>
				sort
			</button>
			<Link id="hash" href="#end">
				end
			</Link>
		</nav>
	);
}
