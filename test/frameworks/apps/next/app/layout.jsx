/** A Next.js app with the gate as its documentation wants foreign scripts. */
import Script from "next/script";
import { Menu } from "./menu.jsx";

export default function Layout({ children }) {
	return (
		<html lang="nb">
			<body>
				<Menu />
				<main>{children}</main>
				<Script src="https://sporlos.invalid/gate/test/banner.js" />
			</body>
		</html>
	);
}
