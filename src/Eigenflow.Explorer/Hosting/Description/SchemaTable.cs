using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Eigenflow.Explorer.Hosting;

/// <summary>The JSON Schemas of requests and answers, each type of this program once.</summary>
/// <param name="json">How JSON is read and written.</param>
internal sealed class SchemaTable(JsonSerializerOptions json)
{
    private readonly SortedDictionary<string, JsonNode> schemas = new(StringComparer.Ordinal);

    /// <summary>All schemas by the name of their type.</summary>
    public JsonObject All() => new(schemas.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.DeepClone())));

    /// <summary>The schema of a type: a reference for those of this program.</summary>
    public JsonNode Of(Type type)
    {
        if (!IsNamed(type))
            return Export(type);
        if (schemas.TryAdd(NameOf(type), new JsonObject()))
            schemas[NameOf(type)] = Export(type);
        return Reference(type);
    }

    private static JsonObject Reference(Type type) => new() { ["$ref"] = "#/components/schemas/" + NameOf(type) };

    private static string NameOf(Type type) => type.Name.EndsWith("Shape", StringComparison.Ordinal) ? type.Name[..^"Shape".Length] : type.Name;

    private static bool IsNamed(Type type) => type.Assembly == typeof(SchemaTable).Assembly && !type.IsEnum;

    private JsonNode Export(Type root)
    {
        var options = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, schema) =>
            {
                var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
                return context.Path.Length > 0 && context.TypeInfo.Kind is JsonTypeInfoKind.Object && IsNamed(type) ? Of(type) : schema;
            },
        };
        var schema = json.GetJsonSchemaAsNode(root, options);
        return Whole(schema, schema);
    }

    // What is the same twice within a type is a pointer to the first place, which means nothing in a larger document.
    private static JsonNode Whole(JsonNode node, JsonNode root)
    {
        if (node is JsonObject table && table["$ref"]?.GetValue<string>() is { } pointer && (pointer == "#" || pointer.StartsWith("#/properties", StringComparison.Ordinal) || pointer.StartsWith("#/items", StringComparison.Ordinal)))
        {
            var target = root;
            foreach (var part in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1))
                target = (target is JsonArray list ? list[int.Parse(part, CultureInfo.InvariantCulture)] : target[part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)])!;
            return Whole(target.DeepClone(), root);
        }

        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members.ToArray())
                    members[name] = member is null ? null : Whole(member.DeepClone(), root);
                break;
            case JsonArray items:
                for (var index = 0; index < items.Count; index++)
                    items[index] = items[index] is { } item ? Whole(item.DeepClone(), root) : null;
                break;
        }

        return node;
    }
}
