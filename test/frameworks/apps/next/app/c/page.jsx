export default function Page() {
	return <h1>Side c</h1>;
}
