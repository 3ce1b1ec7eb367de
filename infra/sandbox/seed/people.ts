/** The sample customers: company, domain, industry, city; then `first|last|job title|lifecycle stage` of each person. */
export interface SampleCompany {
  readonly name: string;
  readonly domain: string;
  readonly industry: string;
  readonly city: string;
  readonly people: readonly string[];
}

export const sampleCompanies: readonly SampleCompany[] = [
  {
    name: 'Brightwater Foods',
    domain: 'brightwater-foods.example',
    industry: 'FOOD_PRODUCTION',
    city: 'Rotterdam',
    people: ['Ada|Park|VP Operations|opportunity', 'Jonas|Meyer|Plant Manager|salesqualifiedlead', 'Leila|Haddad|Procurement Lead|lead'],
  },
  {
    name: 'Kestrel Logistics',
    domain: 'kestrel-logistics.example',
    industry: 'LOGISTICS_AND_SUPPLY_CHAIN',
    city: 'Leeds',
    people: [
      'Marcus|Bell|Head of Warehousing|opportunity',
      'Priya|Raman|Automation Engineer|marketingqualifiedlead',
      'Owen|Price|CFO|lead',
    ],
  },
  {
    name: 'Aurora Pharma',
    domain: 'aurora-pharma.example',
    industry: 'PHARMACEUTICALS',
    city: 'Basel',
    people: [
      'Sofia|Brandt|Director of Manufacturing|salesqualifiedlead',
      'Nils|Keller|Quality Lead|lead',
      'Chiara|Rossi|Lab Manager|subscriber',
    ],
  },
  {
    name: 'Fenwick Motors',
    domain: 'fenwick-motors.example',
    industry: 'AUTOMOTIVE',
    city: 'Coventry',
    people: [
      'Daniel|Osei|Production Director|opportunity',
      'Grace|Whitfield|Buyer|marketingqualifiedlead',
      'Hugo|Lambert|Controls Engineer|lead',
    ],
  },
  {
    name: 'Solstice Energy',
    domain: 'solstice-energy.example',
    industry: 'RENEWABLES_ENVIRONMENT',
    city: 'Copenhagen',
    people: ['Freja|Holm|COO|salesqualifiedlead', 'Anders|Nygaard|Innovation Manager|lead', 'Mette|Krogh|Project Lead|subscriber'],
  },
  {
    name: 'Copperfield Textiles',
    domain: 'copperfield-textiles.example',
    industry: 'TEXTILES',
    city: 'Porto',
    people: ['Ines|Carvalho|Managing Director|opportunity', 'Rui|Teixeira|Maintenance Lead|lead'],
  },
  {
    name: 'Granite Build',
    domain: 'granite-build.example',
    industry: 'CONSTRUCTION',
    city: 'Denver',
    people: [
      'Carl|Jensen|Site Director|marketingqualifiedlead',
      'Tanya|Reyes|Procurement Manager|lead',
      'Will|Santos|Operations Analyst|subscriber',
    ],
  },
  {
    name: 'Meridian Health',
    domain: 'meridian-health.example',
    industry: 'HOSPITAL_HEALTH_CARE',
    city: 'Boston',
    people: ['Amara|Diallo|Chief Pharmacist|salesqualifiedlead', 'Ethan|Cole|Facilities Manager|lead'],
  },
  {
    name: 'Polar Cold Chain',
    domain: 'polar-coldchain.example',
    industry: 'WAREHOUSING',
    city: 'Tromsø',
    people: ['Ingrid|Solberg|CEO|opportunity', 'Erik|Dahl|Warehouse Lead|lead', 'Åsa|Lindström|Finance Manager|subscriber'],
  },
  {
    name: 'Tessellate Design',
    domain: 'tessellate.example',
    industry: 'DESIGN',
    city: 'Berlin',
    people: ['Mira|Vogel|Studio Head|lead', 'Felix|Braun|Prototyping Lead|marketingqualifiedlead'],
  },
  {
    name: 'Harbor & Pine',
    domain: 'harbor-pine.example',
    industry: 'RETAIL',
    city: 'Portland',
    people: [
      "Nora|O'Brien|Supply Chain Director|salesqualifiedlead",
      'Sam|Whitaker|Store Operations|lead',
      'Jade|Kim|E-commerce Lead|lead',
    ],
  },
  {
    name: 'Quanta Semicon',
    domain: 'quanta-semicon.example',
    industry: 'SEMICONDUCTORS',
    city: 'Eindhoven',
    people: [
      'Lars|de Vries|Fab Manager|opportunity',
      'Mei|Tanaka|Process Engineer|marketingqualifiedlead',
      'Victor|Almeida|Sourcing Lead|lead',
    ],
  },
  {
    name: 'Oakline Furniture',
    domain: 'oakline.example',
    industry: 'FURNITURE',
    city: 'Vilnius',
    people: ['Jurgis|Petrauskas|Factory Director|customer', 'Elena|Markova|Planning Manager|lead'],
  },
  {
    name: 'Civic Water',
    domain: 'civic-water.example',
    industry: 'UTILITIES',
    city: 'Toronto',
    people: [
      'Rosa|Delgado|Asset Manager|lead',
      'Peter|Nowak|Field Service Lead|subscriber',
      'Helen|Zhou|Director of Engineering|salesqualifiedlead',
    ],
  },
  {
    name: 'Vela Aerospace',
    domain: 'vela-aerospace.example',
    industry: 'AVIATION_AEROSPACE',
    city: 'Toulouse',
    people: ['Camille|Fournier|Head of Assembly|opportunity', 'Arjun|Mehta|Tooling Engineer|lead', 'Zoe|Papadakis|Vendor Manager|customer'],
  },
];
