// A classic script in the head, so that the chosen colours are there before the first paint.
document.documentElement.dataset.theme = localStorage.getItem('theme') ?? 'auto';
