document.querySelector('#app')!.textContent = 'Eigenflow';
export {};
