/** React Router as its documentation has it: a browser router, links, `useNavigate`, and a route that sends on when it is shown. */
import { createRoot } from "react-dom/client";
import { createBrowserRouter, Link, Navigate, Outlet, RouterProvider, useLocation, useNavigate } from "react-router";

function Layout() {
	const navigate = useNavigate();
	const { pathname } = useLocation();
	return (
		<>
			<nav>
				<Link id="to-b" to="/b">
					b
				</Link>
				<button id="to-c" type="button" onClick={() => navigate("/c")}>
					c
				</button>
				<button id="to-old" type="button" onClick={() => navigate("/old")}>
					old
				</button>
				<button id="query" type="button" onClick={() => navigate("?sort=price", { replace: true })}>
					sort
				</button>
				<Link id="hash" to="#end">
					end
				</Link>
			</nav>
			<main>
				<Outlet key={pathname} />
			</main>
		</>
	);
}

const page = (name) => ({ path: `/${name}`, element: <h1>Side {name}</h1> });
const routes = [page("a"), page("b"), page("c"), { path: "/old", element: <Navigate to="/a" replace /> }];
const router = createBrowserRouter([{ element: <Layout />, children: routes }]);
createRoot(document.querySelector("#app")).render(<RouterProvider router={router} />);
