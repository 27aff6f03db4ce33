using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;

namespace Eigenflow.Tests.Architecture;

/// <summary>Rooms from below to above, one line per floor: a room uses itself and rooms of lines before its own. The most specific room of a type counts, so that a room may have a part on another floor.</summary>
/// <param name="floors">Rooms by floor: assemblies or namespaces.</param>
/// <param name="place">Assembly or namespace of a type.</param>
internal sealed class Layers(IReadOnlyList<string[]> floors, Func<IType, string> place)
{
    /// <summary>Uses that point the wrong way, as sentences with both types, of which equal ones stand once.</summary>
    /// <param name="types">All types of the rooms.</param>
    /// <param name="isAllowed">Uses that are not looked at.</param>
    public string[] Violations(IEnumerable<IType> types, Func<IType, IType, bool>? isAllowed = null) =>
    [
        .. types
            .SelectMany(type => type.Dependencies.SelectMany(Targets).Select(target => (From: type, To: target)))
            .Where(use => use.To is not GenericParameter && Room(use.To) is not null && isAllowed?.Invoke(use.From, use.To) != true)
            .Where(use => Room(use.From) != Room(use.To) && Rank(use.To) >= Rank(use.From))
            .Select(use => $"{use.From.FullName} uses {use.To.FullName}: {Room(use.From)} may not use {Room(use.To)}")
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Places of types for which no room is declared.</summary>
    public string[] WithoutRoom(IEnumerable<IType> types) => [.. types.Where(type => Room(type) is null).Select(place).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Rooms in which no type is.</summary>
    public string[] Empty(IEnumerable<IType> types) => [.. floors.SelectMany(rooms => rooms).Except(types.Select(Room), StringComparer.Ordinal)!];

    // List<T> is a use of T.
    private static IEnumerable<IType> Targets(ITypeDependency dependency) => [dependency.Target, .. dependency.TargetGenericArguments.SelectMany(Arguments)];

    private static IEnumerable<IType> Arguments(GenericArgument argument) => [argument.Type, .. argument.GenericArguments.SelectMany(Arguments)];

    private string? Room(IType type)
    {
        var where = place(type);
        return floors.SelectMany(rooms => rooms).Where(room => where == room || where.StartsWith(room + ".", StringComparison.Ordinal)).MaxBy(room => room.Length);
    }

    private int Rank(IType type)
    {
        var room = Room(type);
        for (var floor = 0; floor < floors.Count; floor++)
        {
            if (floors[floor].Contains(room, StringComparer.Ordinal))
                return floor;
        }

        return -1;
    }
}
