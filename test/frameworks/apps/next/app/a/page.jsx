export default function Page() {
	return <h1>Side a</h1>;
}
