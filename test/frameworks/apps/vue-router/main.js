/** Vue Router as its documentation has it: web history, links, `router.push`, and a route that is a redirect. */
import { createApp, h } from "vue";
import { createRouter, createWebHistory, RouterLink, RouterView } from "vue-router";

const page = (name) => ({ path: `/${name}`, component: { render: () => h("h1", `Side ${name}`) } });
const router = createRouter({
	history: createWebHistory(),
	routes: [page("a"), page("b"), page("c"), { path: "/old", redirect: "/a" }],
	scrollBehavior: () => ({ top: 0 }),
});
const button = (id, onClick) => h("button", { id, type: "button", onClick }, id);
const App = {
	render: () => [
		h("nav", [
			h(RouterLink, { id: "to-b", to: "/b" }, () => "b"),
			button("to-c", () => router.push("/c")),
			button("to-old", () => router.push("/old")),
			button("query", () => router.replace({ query: { sort: "price" } })),
			h(RouterLink, { id: "hash", to: "#end" }, () => "end"),
		]),
		h("main", h(RouterView)),
	],
};
createApp(App).use(router).mount("#app");
