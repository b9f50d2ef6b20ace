export default function Page() {
	return <h1>Side b</h1>;
}
