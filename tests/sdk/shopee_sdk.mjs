// Drives the SDK as its users do and prints what it saw as one JSON line. Facts come in as JSON on argv.
import { ShopeeSDK } from "@congminh1254/shopee-sdk";

const { base_url, partner_id, partner_key, control_url, picture, listing } = JSON.parse(process.argv[2]);
const sdk = new ShopeeSDK({
  partner_id,
  partner_key,
  base_url: `${base_url}/api/v2`,
  base_auth_url: `${base_url}/auth`,
});

const link = sdk.getAuthorizationUrl("https://ocop.example/cb", { state: "s1" });
const redirect = new URL((await fetch(link, { redirect: "manual" })).headers.get("location"));
const shop_id = Number(redirect.searchParams.get("shop_id"));
await sdk.authenticateWithCode(redirect.searchParams.get("code"), shop_id);

const uploaded = await sdk.mediaSpace.uploadImage({ image: Buffer.from(picture, "base64") });
const image_id = uploaded.response.image_info.image_id;
const channels = (await sdk.logistics.getChannelList()).response.logistics_channel_list;
const channel = channels.find((one) => one.enabled && one.mask_channel_id === 0);
const added = await sdk.product.addItem({
  ...listing,
  image: { image_id_list: [image_id] },
  logistic_info: [{ logistic_id: channel.logistics_channel_id, enabled: true }],
});
const item_id = added.response.item_id;

const listed = await sdk.product.getItemList({ offset: 0, page_size: 10, item_status: ["NORMAL", "UNLIST"] });
const read = async () => (await sdk.product.getItemBaseInfo({ item_id_list: [item_id] })).response.item_list[0];
const before = await read();
const priced = await sdk.product.updatePrice({ item_id, price_list: [{ original_price: 95000 }] });

await fetch(`${control_url}/faults`, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ site: "shopee.api", kind: "expired_token", path: "get_item_base_info" }),
});
const old_token = (await sdk.getAuthToken()).access_token;
const after = await read();

const refused = await sdk.product.addItem({ ...listing, item_name: "Trà" }).then(
  () => null,
  (err) => err.data?.error ?? String(err),
);
console.log(
  JSON.stringify({
    state: redirect.searchParams.get("state"),
    shop_id,
    item_id,
    listed: listed.response.item.map((item) => item.item_id),
    name: before.item_name,
    sku: before.item_sku,
    prices: [before, after].map((item) => item.price_info[0].original_price),
    success_list: priced.response.success_list,
    token_renewed: (await sdk.getAuthToken()).access_token !== old_token,
    refused,
  }),
);
