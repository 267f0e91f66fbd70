/* A photo, made ready on the telephone: upright, no larger than what the service keeps, with a doubt about it if there is one.
   Whatever fails, the file goes as it is: the service does the same with it. */
(() => {
  "use strict";
  const LONGEST = 2000, HEAVY = 600000, LOOK = 480, BLURRED = 0.36;
  /* 2 × 1 points, to be turned by a quarter: decoded taller than wide, the browser turns pictures by itself. */
  const TURNED = "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAIBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z";

  const sheet = (width, height) => {
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    return canvas;
  };
  const pen = (canvas) => canvas.getContext("2d", { willReadFrequently: true });
  const free = (picture) => { if (picture.close) picture.close(); else picture.width = 0; };
  const read = (blob, how) => new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = failed;
    reader[how](blob);
  });
  const decode = async (blob) => {
    if (window.createImageBitmap) return createImageBitmap(blob);
    const image = new Image();
    const shown = new Promise((done, failed) => { image.onload = done; image.onerror = failed; });
    image.src = await read(blob, "readAsDataURL");
    await shown;
    return image;
  };

  /* Once: does the canvas tell the truth (some browsers answer with random points), does the browser turn? */
  let known;
  const able = () => known || (known = (async () => {
    const tried = sheet(9, 9), draw = pen(tried);
    for (let x = 0; x < 9; x += 1) { draw.fillStyle = `rgb(${x * 28},90,200)`; draw.fillRect(x, 0, 1, 9); }
    const seen = draw.getImageData(0, 4, 9, 1).data;
    for (let x = 0; x < 9; x += 1) if (Math.abs(seen[x * 4] - x * 28) > 6) return null;
    const bytes = Uint8Array.from(atob(TURNED), (letter) => letter.charCodeAt(0));
    const small = await decode(new Blob([bytes], { type: "image/jpeg" }));
    return { turns: small.width < small.height };
  })().catch(() => null));

  /* How a JPEG is to be turned (EXIF, 1 to 8). */
  const orientation = async (blob) => {
    const view = new DataView(await read(blob.slice(0, 131072), "readAsArrayBuffer"));
    if (view.getUint16(0) !== 0xffd8) return 1;
    for (let at = 2; at + 10 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
      if (view.getUint16(at) !== 0xffe1 || view.getUint32(at + 4) !== 0x45786966) continue;
      const base = at + 10, little = view.getUint16(base) === 0x4949;
      const first = base + view.getUint32(base + 4, little);
      for (let n = 0; n < view.getUint16(first, little); n += 1) {
        const entry = first + 2 + n * 12;
        if (view.getUint16(entry, little) === 0x112) return view.getUint16(entry + 8, little);
      }
    }
    return 1;
  };

  const drawn = (picture, turn) => {
    const longer = Math.max(picture.width, picture.height), shorter = Math.min(picture.width, picture.height);
    /* A long screenshot keeps its width: the service cuts it into pages. */
    const scale = Math.min(1, longer > 3 * shorter ? Math.min(1100 / shorter, 16000 / longer) : LONGEST / longer);
    const width = Math.round(picture.width * scale), height = Math.round(picture.height * scale);
    const canvas = turn > 4 ? sheet(height, width) : sheet(width, height), draw = pen(canvas);
    draw.fillStyle = "#fff";
    draw.fillRect(0, 0, canvas.width, canvas.height);
    draw.imageSmoothingQuality = "high";
    const [w, h] = [width, height];
    draw.transform(...[[1, 0, 0, 1, 0, 0], [-1, 0, 0, 1, w, 0], [-1, 0, 0, -1, w, h], [1, 0, 0, -1, 0, h],
      [0, 1, 1, 0, 0, 0], [0, 1, -1, 0, h, 0], [0, -1, -1, 0, h, w], [0, -1, 1, 0, 0, w]][turn - 1]);
    draw.drawImage(picture, 0, 0, width, height);
    return canvas;
  };
  const encoded = (canvas, quality) => new Promise((done) => { canvas.toBlob(done, "image/jpeg", quality); });

  const light = (canvas, x, y, width, height) => {
    const { data } = pen(canvas).getImageData(x, y, width, height), grey = new Uint8Array(width * height);
    for (let n = 0; n < grey.length; n += 1) grey[n] = (data[n * 4] * 3 + data[n * 4 + 1] * 6 + data[n * 4 + 2]) / 10;
    return grey;
  };
  const part = (grey, share) => Uint8Array.from(grey).sort()[Math.floor((grey.length - 1) * share)];

  /* The steepest steps of light in the sharpest places, beside the contrast there: a blurred photo has none, and a shaken one
     none in its direction. How much detail there is says nothing: a card has less of it than a page of text. */
  const sharpness = (canvas, brightest) => {
    const found = [];
    let bright = 0;
    for (let n = 0; n < 48; n += 1) {
      const x = Math.floor(((n % 6) + 0.5) * canvas.width / 6) - 48, y = Math.floor((Math.floor(n / 6) + 0.5) * canvas.height / 8) - 48;
      const grey = light(canvas, Math.max(x, 0), Math.max(y, 0), 96, 96);
      if (grey.reduce((sum, one) => sum + one, 0) < 0.6 * brightest * grey.length) continue; // noise is all the detail of a dark table
      bright += 1;
      const contrast = part(grey, 0.99) - part(grey, 0.01);
      if (contrast < 0.4 * brightest) continue;
      const steepest = (next) => part(grey.map((one, at) => (next === 1 && at % 96 === 95 ? 0 : Math.abs(one - grey[at + next]))), 0.995);
      found.push(Math.min(steepest(1), steepest(96)) / contrast);
    }
    const sharpest = found.sort((a, b) => b - a).slice(0, 4);
    return bright ? sharpest.reduce((sum, one) => sum + one, 0) / Math.max(sharpest.length, 1) : 1;
  };

  const doubt = (canvas) => {
    if (canvas.width < 400 || canvas.height < 400) return "";
    const scale = LOOK / Math.max(canvas.width, canvas.height);
    const width = Math.round(canvas.width * scale), height = Math.round(canvas.height * scale);
    const small = sheet(width, height);
    pen(small).drawImage(canvas, 0, 0, width, height);
    const grey = light(small, 0, 0, width, height);
    free(small);
    const brightest = part(grey, 0.99);
    if (brightest < 95) return "dark";
    if (sharpness(canvas, brightest) < BLURRED) return "blurred";
    /* Paper beside a window is nearly white, or white over a large part of the picture, and has lost nothing. */
    const lit = part(grey, 0.9), white = lit > 250 ? 255 : Math.min(254, Math.max(251, 1.1 * part(grey, 0.5)));
    let glaring = 0, squares = 0;
    for (let y = 0; y + 8 <= height; y += 8) {
      for (let x = 0; x + 8 <= width; x += 8) {
        let least = 255;
        for (let n = 0; n < 64; n += 1) least = Math.min(least, grey[(y + (n >> 3)) * width + x + (n & 7)]);
        squares += 1;
        if (least > white) glaring += 1;
      }
    }
    if (glaring > squares / 100) return "glare";
    const paper = 0.88 * part(grey, 0.75);
    const side = (length, at) => {
      let bright = 0;
      for (let n = 0; n < length; n += 1) if (grey[at(n)] > paper) bright += 1;
      return bright > 0.45 * length;
    };
    const cut = [side(width, (n) => 2 * width + n), side(width, (n) => (height - 3) * width + n), side(height, (n) => n * width + 2), side(height, (n) => n * width + width - 3)].filter(Boolean).length;
    return cut === 1 || cut === 2 ? "cut" : "";
  };

  window.preparePhoto = async (file) => {
    const as_it_is = { file, name: file.name, doubt: "" };
    const picture_of = /^image\/(?!svg|tiff)/.test(file.type) || /\.hei[cf]$/i.test(file.name);
    if (!picture_of || !HTMLCanvasElement.prototype.toBlob) return as_it_is;
    try {
      const can = await able();
      if (!can) return as_it_is;
      const turn = can.turns ? 1 : await orientation(file), picture = await decode(file);
      const canvas = drawn(picture, turn >= 1 && turn <= 8 ? turn : 1);
      free(picture);
      const found = doubt(canvas);
      let blob = null;
      for (const quality of [0.82, 0.7, 0.6, 0.5]) {
        blob = await encoded(canvas, quality);
        if (!blob || blob.size <= HEAVY) break;
      }
      free(canvas);
      if (!blob || blob.size >= file.size) return { file, name: file.name, doubt: found };
      return { file: blob, name: `${file.name.replace(/\.\w+$/, "")}.jpg`, doubt: found };
    } catch (error) {
      return as_it_is;
    }
  };
})();
