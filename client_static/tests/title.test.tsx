import { render } from "preact";
import { expect, test } from "vitest";
import { Title } from "../src/title";

test("the first page says where you are", () => {
  const screen = document.createElement("main");
  render(<Title />, screen);
  expect(screen.textContent).toBe("Boundary Crossing");
});
