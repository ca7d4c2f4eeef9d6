// Runs in a page: the texts whose contrast is under 4.5 to 1 (WCAG 2.2, success criterion 1.4.3).
(() => {
  const channels = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [r = 0, g = 0, b = 0] = channels(color).map((it) => {
      const part = it / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgroundOf = (element) => {
    if (!element) return "rgb(255, 255, 255)";
    const { backgroundColor } = getComputedStyle(element);
    return channels(backgroundColor)[3] === 0 ? backgroundOf(element.parentElement) : backgroundColor;
  };
  const contrastOf = (element) => {
    const [one, other] = [luminance(getComputedStyle(element).color), luminance(backgroundOf(element))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  return [...document.body.querySelectorAll("*")]
    .filter((it) =>
      [...it.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim()),
    )
    .filter((it) => contrastOf(it) < 4.5)
    .map((it) => it.textContent.trim());
})();
