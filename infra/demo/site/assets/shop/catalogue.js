/** The hardware Halden sells: prices in cents, without VAT. */
export const products = [
  {
    id: 'gateway-g2',
    name: 'Halden Gateway G2',
    category: 'Gateways',
    path: '/shop/gateway-g2',
    image: '/assets/art/gateway.svg',
    summary: 'Joins chargers, meters and the grid connection of one yard.',
    variants: [
      { sku: 'HG2-ETH', name: 'Ethernet', cents: 34900 },
      { sku: 'HG2-LTE', name: 'Ethernet + LTE', cents: 42900 },
    ],
    facts: {
      Measures: 'Up to 60 charge points',
      Power: '12–24 V DC, 6 W',
      Mounting: 'DIN rail, 4 units',
      Protection: 'IP30',
      Warranty: '3 years',
    },
  },
  {
    id: 'clamp-meter-ring',
    name: 'Halden Ring clamp meter',
    category: 'Meters',
    path: '/shop/clamp-meter-ring',
    image: '/assets/art/ring.svg',
    summary: 'Three-phase metering that closes around the cable. No outage to fit it.',
    variants: [
      { sku: 'HR-100', name: '100 A', cents: 12900 },
      { sku: 'HR-250', name: '250 A', cents: 15900 },
      { sku: 'HR-600', name: '600 A', cents: 21900 },
    ],
    facts: {
      Measures: '3 phases and neutral',
      Power: 'From the gateway',
      Mounting: 'Around the cable',
      Protection: 'IP54',
      Warranty: '5 years',
    },
  },
  {
    id: 'vehicle-tag',
    name: 'Halden Vehicle tag',
    category: 'Vehicles',
    path: '/shop/vehicle-tag',
    image: '/assets/art/tag.svg',
    summary: 'Reads state of charge from the vehicle itself, on the road and in the yard.',
    variants: [
      { sku: 'HT-OBD', name: 'OBD-II (vans)', cents: 8900 },
      { sku: 'HT-FMS', name: 'FMS (trucks and buses)', cents: 11900 },
    ],
    facts: {
      Measures: 'State of charge, range, odometer',
      Power: 'From the vehicle',
      Mounting: 'Plug, or behind the dash',
      Protection: 'IP40',
      Warranty: '3 years',
    },
  },
  {
    id: 'yard-display',
    name: 'Halden Yard display',
    category: 'Displays',
    path: '/shop/yard-display',
    image: '/assets/art/display.svg',
    summary: 'Which bay, how full, when ready: one board that drivers read from the cab.',
    variants: [
      { sku: 'HD-10', name: '10 inch', cents: 49900 },
      { sku: 'HD-24', name: '24 inch, outdoor', cents: 89900 },
    ],
    facts: {
      Measures: 'Shows up to 48 bays',
      Power: '230 V AC, 18–55 W',
      Mounting: 'Wall or mast',
      Protection: 'IP20, or IP65 outdoor',
      Warranty: '3 years',
    },
  },
];

export function findProduct(id) {
  return products.find((product) => product.id === id);
}

/** `{ product, variant }` of a stock-keeping unit; undefined for one that is not sold any more. */
export function findSku(sku) {
  for (const product of products) {
    const variant = product.variants.find((each) => each.sku === sku);
    if (variant) return { product, variant };
  }
  return undefined;
}

/** A row in the words of GA4. */
export function gaItem({ product, variant }, quantity = 1) {
  return {
    item_id: variant.sku,
    item_name: product.name,
    item_brand: 'Halden',
    item_category: product.category,
    item_variant: variant.name,
    price: variant.cents / 100,
    quantity,
  };
}
