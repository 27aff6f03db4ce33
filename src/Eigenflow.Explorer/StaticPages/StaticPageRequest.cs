using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>What an exported page shows.</summary>
public sealed record StaticPageRequest
{
    /// <summary>The system.</summary>
    public required ISystem System { get; init; }

    /// <summary>Names of the methods; empty takes the first theory.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>What is the same for all settings.</summary>
    public Setting Given { get; init; } = Setting.Empty;

    /// <summary>Names of parameters with a slider over their usual range, each with a number of values behind a colon where that is not left to the planner; where these and <see cref="Axes"/> are empty, the first two of the table that change the curves.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>Sliders with values of their own.</summary>
    public IReadOnlyList<PageAxis> Axes { get; init; } = [];

    /// <summary>Settings solved side by side, at least one.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether a page may be as large, and take as long, as it wants.</summary>
    public bool IsUnlimited { get; init; }
}

/// <summary>What making the page takes, before it is made.</summary>
/// <param name="Axes">The sliders.</param>
/// <param name="Methods">Names of the methods.</param>
/// <param name="Settings">Settings that are computed.</param>
/// <param name="Checks">Settings between them at which the interpolation is compared with the engine.</param>
/// <param name="Left">Those of them that are not solved yet: choosing the values solves some or all.</param>
/// <param name="Seconds">Estimated for what is left to do, solving, drawing and comparing, from what was done to plan it.</param>
/// <param name="Bytes">Estimated size of the page.</param>
public sealed record StaticPagePlan(IReadOnlyList<PageAxis> Axes, IReadOnlyList<string> Methods, int Settings, int Checks, int Left, double Seconds, long Bytes)
{
    /// <summary>Seconds that choosing the values took.</summary>
    public double Spent { get; init; }

    /// <summary>What was drawn and compared to choose them, where that is the page; or null.</summary>
    internal CheckedPage? Checked { get; init; }

    /// <summary>Solves; keeps what was solved for the estimate.</summary>
    internal GridSolver Solver { get; init; } = null!;

    /// <summary>What was asked for.</summary>
    internal StaticPageRequest Request { get; init; } = null!;
}

/// <summary>The curves of a page, compared with the engine.</summary>
/// <param name="Axes">The sliders.</param>
/// <param name="Nodes">The computed settings, the first axis slowest.</param>
/// <param name="Error">What was measured.</param>
internal sealed record CheckedPage(IReadOnlyList<PageAxis> Axes, IReadOnlyList<SampledFigure?> Nodes, InterpolationError Error);

/// <summary>A page that was made.</summary>
/// <param name="Html">The file.</param>
/// <param name="Axes">Its sliders.</param>
/// <param name="Settings">Settings that it holds.</param>
/// <param name="Missing">Those without a solution.</param>
/// <param name="Checks">Settings at which the interpolation was compared with the engine.</param>
/// <param name="LargestError">Its largest error there; NaN where nothing could be compared.</param>
/// <param name="UsualError">Nine points of ten are not further off, in the panel where it is worst.</param>
/// <param name="WorstPanel">The panel of the largest error.</param>
/// <param name="ComputedError">The largest error at the settings that it holds.</param>
/// <param name="Command">The command that makes the same page.</param>
public sealed record StaticPageResult(string Html, IReadOnlyList<PageAxis> Axes, int Settings, int Missing, int Checks, double LargestError, double UsualError, string WorstPanel, double ComputedError, string Command)
{
    /// <summary>Whether between its settings the page shows the nearest, since mixed curves would mislead.</summary>
    public bool IsNearest { get; init; }
}
