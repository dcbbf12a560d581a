import { render } from "preact";
import { Title } from "./title";

const screen = document.getElementById("screen");
if (screen !== null) render(<Title />, screen);
