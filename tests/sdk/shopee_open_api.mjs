// Drives shopee-open-api as its users do and prints what it read as one JSON line. Facts come in as JSON on argv.
import shopeeOpenApi from "shopee-open-api";

const { base_url, partner_id, partner_key, since, until } = JSON.parse(process.argv[2]);
const shopee = shopeeOpenApi.default({
  host: base_url,
  partner_id,
  partner_key,
  redirect: "https://ocop.example/cb",
});

const redirect = new URL((await fetch(shopee.getAuthLink(), { redirect: "manual" })).headers.get("location"));
const shop_id = Number(redirect.searchParams.get("shop_id"));
const tokens = await shopee.getAccessToken({ code: redirect.searchParams.get("code"), shop_id });
const shop = shopee.createShop({ shop_id, onGetAccessToken: async () => tokens.access_token });

const info = await shop.getShopInfo();
const items = await shop.Product.getItemList({ offset: 0, page_size: 50, item_status: "NORMAL" });
const item_ids = items.response.item.map((item) => item.item_id);
const extra = await shop.Product.getItemExtraInfo({ item_id_list: item_ids });
const comments = await shop.Product.getComment({ cursor: "", page_size: 100 });

const order_sns = [];
for (let cursor = "", more = true; more; ) {
  const query = { time_range_field: "create_time", time_from: since, time_to: until, page_size: 20, cursor };
  const page = (await shop.Order.getOrderList(query)).response;
  order_sns.push(...page.order_list.map((order) => order.order_sn));
  [cursor, more] = [page.next_cursor, page.more];
}
console.log(
  JSON.stringify({
    region: info.region,
    item_ids,
    sold: extra.response.item_list.reduce((sum, item) => sum + item.sale, 0),
    comments: comments.response.item_comment_list.map((comment) => comment.comment_id),
    order_sns: order_sns.sort(),
  }),
);
