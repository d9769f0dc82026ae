// Small pictures drawn once and kept as bitmaps, all on one canvas: each on one of its own would leave a canvas behind.
const sheet = new OffscreenCanvas(1, 1), pen = sheet.getContext("2d");

// Measures words; draws nothing.
export const probe = new OffscreenCanvas(1, 1).getContext("2d");

// What `paint` draws on a clear ground of w × h pixels of the page, as a bitmap.
export function picture(w, h, ratio, paint) {
  sheet.width = Math.ceil(w * ratio); sheet.height = Math.ceil(h * ratio); // a canvas that is given a size begins anew, with its pen
  pen.scale(ratio, ratio);
  paint(pen);
  return sheet.transferToImageBitmap();
}
