// The keyboard on the picture: arrows go from entity to entity, with Shift they move it; + - 0 zoom.

/** What a key pressed on the picture does. */
export function onKey(picture, event) {
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const actions = { "+": () => picture.zoom(1.4), "=": () => picture.zoom(1.4), "-": () => picture.zoom(1 / 1.4), 0: () => picture.fit() };
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (steps[event.key] && event.shiftKey) pan(picture, steps[event.key]);
  else if (steps[event.key]) walk(picture, steps[event.key]);
  else if (actions[event.key]) actions[event.key]();
  else return;
  event.preventDefault();
}

function pan(picture, [dx, dy]) {
  picture.pan(dx * 120, dy * 120);
}

/** Go to the linked entity that lies best in this direction; the most linked one when none is chosen. */
function walk(picture, [dx, dy]) {
  const now = picture.app.store.state.selection?.entity;
  const { shown } = picture.app;
  if (now === undefined) {
    const start = picture.order.find((i) => shown.entities[i] && picture.inPicture.has(i));
    if (start !== undefined) picture.app.select({ entity: start });
    return;
  }
  const { body } = picture.network;
  const here = body.nodes[now];
  let best = null;
  for (const { statement, other } of picture.graph.links(picture.graph.entities[now])) {
    const node = body.nodes[other];
    if (!node || !shown.statements[statement.index] || other === now) continue;
    const along = (node.x - here.x) * dx + (node.y - here.y) * dy;
    const across = Math.abs((node.x - here.x) * dy - (node.y - here.y) * dx);
    if (along > 0 && (!best || across / along < best.cost)) best = { other, cost: across / along };
  }
  if (best) picture.app.select({ entity: best.other });
}
