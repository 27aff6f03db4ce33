import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/surfaces.css';
import './static.css';
import { el } from '../parts/dom';
import { unpack } from './payload';
import { show } from './page';

const host = document.querySelector<HTMLElement>('#app');
const payload = document.querySelector('#payload');
if (host && payload) {
  unpack(payload.textContent ?? '').then(
    (page) => show(host, page),
    (error: Error) => host.append(el('p', { role: 'alert' }, `This page cannot be shown: ${error.message}`)),
  );
}
