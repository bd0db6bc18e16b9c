// The silhouette of each class, one drawing for the canvas and for the legend (radius 10).

const polygon = (corners, radius, turn = -Math.PI / 2, inner = 0) => {
  const count = inner ? corners * 2 : corners;
  const points = Array.from({ length: count }, (_, i) => {
    const r = inner && i % 2 ? inner : radius;
    const angle = turn + (i * 2 * Math.PI) / count;
    return `${(r * Math.cos(angle)).toFixed(2)} ${(r * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${points.join("L")}Z`;
};

export const SHAPES = {
  circle: "M10 0A10 10 0 1 1 -10 0A10 10 0 1 1 10 0Z",
  document: "M-8 -10H2.5L8 -4.5V10H-8Z",
  diamond: polygon(4, 11.6),
  triangle: "M0 -10.5L10.8 8.5H-10.8Z",
  star: polygon(5, 12, -Math.PI / 2, 5.4),
  pentagon: polygon(5, 11),
  hexagon: polygon(6, 11, 0),
  cross: "M-4 -10H4V-4H10V4H4V10H-4V4H-10V-4H-4Z",
  drop: "M0 11.5C-3.5 6.5 -8.8 2.5 -8.8 -2.8A8.8 8.8 0 1 1 8.8 -2.8C8.8 2.5 3.5 6.5 0 11.5Z",
  bust: "M0 -11A5.2 5.2 0 1 1 -.01 -11ZM-10 10C-10 3.6 -5.6 1.2 0 1.2S10 3.6 10 10Z",
};
