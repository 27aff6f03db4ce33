using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>Ends a run as soon as something has happened: the range is extended by a factor until it has.</summary>
/// <param name="Parameter">The parameter that ends the range, such as <c>until</c> or <c>steps</c>.</param>
/// <param name="From">Its first value.</param>
/// <param name="Factor">What it is multiplied with while nothing has happened.</param>
/// <param name="Event">The event to wait for, or null.</param>
/// <param name="Observable">The observable to watch when there is no event.</param>
/// <param name="Below">Ends once the observable is at most this.</param>
/// <param name="Above">Ends once the observable is at least this.</param>
internal sealed record StopRule(string Parameter, double From, double Factor, string? Event, string? Observable, double? Below, double? Above)
{
    /// <summary>Canonical text.</summary>
    public override string ToString() => FormattableString.Invariant($"{Parameter} {From:R} {Factor:R} {Event} {Observable} {Below:R} {Above:R}");
}

/// <summary>One cell of a study: all that its file depends on.</summary>
/// <param name="Request">The setting, completed and checked for its method.</param>
public sealed record StudyRun(CompletedSetting Request)
{
    /// <summary>Identifier of the system.</summary>
    public string System => Request.System;

    /// <summary>Name of the method.</summary>
    public string Method => Request.Method!;

    /// <summary>The values of the setting.</summary>
    public Setting Setting => Request.Values;

    /// <summary>Names of the recorded observables, in the order of the solution; empty for all.</summary>
    public IReadOnlyList<string> Record { get; init; } = [];

    internal StopRule? Stop { get; init; }

    /// <summary>SHA-256 of every file that the setting names, so that changed data makes new runs.</summary>
    public IReadOnlyDictionary<string, string> InputHashes { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>All that the bytes of the run's file depend on, as text.</summary>
    public string Identity => string.Join('\n',
    [
        NumericsVersion.Text, System, Method, Setting.ToString(), string.Join(' ', Record), Stop?.ToString() ?? "",
        .. InputHashes.Select(pair => pair.Key + " " + pair.Value),
    ]);

    /// <summary>Name of the run: 16 hexadecimal digits of a hash of <see cref="Identity"/>.</summary>
    public string Id => id ??= RunName.Of(Identity);

    private string? id;

    /// <inheritdoc/>
    public bool Equals(StudyRun? other) => other is not null && string.Equals(Id, other.Id, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);
}
