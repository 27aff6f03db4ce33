// Before the first paint, so that no light page flashes at somebody who chose dark.
try {
  var chosen = localStorage.getItem('eigenflow-theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch (_) {
  // Without storage the page follows the system.
}
