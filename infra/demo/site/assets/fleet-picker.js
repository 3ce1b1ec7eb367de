/** `<halden-fleet-picker>`: how many vehicles, how much connection. Fires `change`. */
class FleetPicker extends HTMLElement {
  vehicles = 31;
  limitKw = 250;

  connectedCallback() {
    const root = this.attachShadow({ mode: 'open' });
    root.innerHTML = `
      <style>
        :host { display: block; }
        form { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr)); gap: 1rem; }
        label { display: grid; gap: 0.35rem; font-weight: 600; }
        output { color: var(--soft); font-weight: 400; }
        input { width: 100%; accent-color: var(--pine); }
      </style>
      <form>
        <label>Vehicles that come home <input type="range" name="vehicles" min="1" max="80" value="${this.vehicles}"> <output name="told-vehicles"></output></label>
        <label>Grid connection <input type="range" name="limit" min="50" max="800" step="10" value="${this.limitKw}"> <output name="told-limit"></output></label>
      </form>`;
    const form = root.querySelector('form');
    const read = () => {
      this.vehicles = form.elements.vehicles.valueAsNumber;
      this.limitKw = form.elements.limit.valueAsNumber;
      form.elements['told-vehicles'].value = `${this.vehicles} vehicles`;
      form.elements['told-limit'].value = `${this.limitKw} kW`;
    };
    read();
    form.addEventListener('input', () => {
      read();
      this.dispatchEvent(new Event('change'));
    });
  }
}

customElements.define('halden-fleet-picker', FleetPicker);
