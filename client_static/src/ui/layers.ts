/** What lies over the page, a sheet or my day: the device's back button takes it away before it leaves the workshop. */

import { useEffect, useRef } from "preact/hooks";

interface Layer {
  close: () => void;
}

const layers: Layer[] = [];
let settling: ReturnType<typeof setTimeout> | undefined;

function depth(): number {
  const state: unknown = history.state;
  const held = typeof state === "object" && state !== null && "layer" in state ? state.layer : 0;
  return typeof held === "number" ? held : 0;
}

/**
 * One entry of the browser's history for each layer. It is there before a hand can press "back", but not at once, and it
 * goes later still: a sheet that hands over to the next keeps its entry.
 */
function settle(): void {
  queueMicrotask(() => {
    for (let layer = depth() + 1; layer <= layers.length; layer += 1) history.pushState({ layer }, "");
  });
  settling ??= setTimeout(() => {
    settling = undefined;
    const stands = depth();
    if (stands > layers.length) history.go(layers.length - stands);
  });
}

addEventListener("popstate", () => {
  const stands = depth();
  while (layers.length > stands) layers.pop()?.close();
});

// Closing a sheet goes back one entry; the page below must not jump to where it stood when the sheet was opened.
history.scrollRestoration = "manual";

// After a reload nothing lies over the page yet.
if (depth() > 0) history.replaceState(null, "");

export function useLayer(open: boolean, onBack: () => void): void {
  const back = useRef(onBack);
  back.current = onBack;
  useEffect(() => {
    if (!open) return undefined;
    const layer: Layer = { close: () => back.current() };
    layers.push(layer);
    settle();
    return () => {
      const at = layers.indexOf(layer);
      if (at >= 0) layers.splice(at, 1);
      settle();
    };
  }, [open]);
}
