import { expect, test } from "vitest";
import { addressIn } from "../src/activities/partnering/address";

test.each([
  ["https://calls.example/ana-bor", "https://calls.example/ana-bor"],
  ["Thursday at four: https://calls.example/x?y=1#z.", "https://calls.example/x?y=1#z"],
  ["HTTP://10.0.0.7:8000/room", "http://10.0.0.7:8000/room"],
  ["our room (https://calls.example/a)", "https://calls.example/a"],
  ["In the library, second floor", null],
  ["https://", null],
  ["javascript:alert(1)", null],
  ["data:text/html,https://x", null],
  ["xhttps://calls.example", null],
])("in %j is %j", (line, address) => {
  expect(addressIn(line)?.href ?? null).toBe(address);
});
