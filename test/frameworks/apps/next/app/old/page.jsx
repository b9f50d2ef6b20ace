"use client";

/** Sends on as soon as it is shown. */
import { useRouter } from "next/navigation";
import { useEffect } from "react";

export default function Page() {
	const router = useRouter();
	useEffect(() => router.replace("/a"), [router]);
	return <h1>Flyttet</h1>;
}
