// Reading the data that the page carries: JSON as it is, or packed (gzip, base64) when it is large.

export async function load(element) {
  if (element.dataset.packed !== "gzip") return JSON.parse(element.textContent);
  const binary = atob(element.textContent.trim());
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}
