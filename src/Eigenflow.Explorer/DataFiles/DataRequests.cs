using Eigenflow.Studies;

namespace Eigenflow.Explorer.DataFiles;

/// <summary>A fit of scaling laws.</summary>
/// <param name="With">Ids of more files whose curves are fitted too.</param>
/// <param name="Text">What was typed.</param>
internal sealed record FitCall(IReadOnlyList<string>? With, FitText? Text);

/// <summary>A fit of loss curves under schedules.</summary>
/// <param name="With">Ids of more files that are fitted with it.</param>
/// <param name="Held">Ids of files that are held out, and forecast.</param>
/// <param name="Text">What was typed.</param>
internal sealed record FitScheduleCall(IReadOnlyList<string>? With, IReadOnlyList<string>? Held, FitScheduleText? Text);

/// <summary>The forecast of a schedule by a fit.</summary>
/// <param name="Fit">The fit.</param>
/// <param name="Shape">A shape such as <c>cosine</c>, or <c>measured</c> for the logged rates of the longest curve; null for nodes.</param>
/// <param name="Steps">Steps of the nodes.</param>
/// <param name="Rates">Learning rates of the nodes.</param>
internal sealed record ForecastCall(FitScheduleCall? Fit, string? Shape, IReadOnlyList<double>? Steps, IReadOnlyList<double>? Rates)
{
    /// <summary>The rates that were logged.</summary>
    public const string Measured = "measured";
}

/// <summary>A learning curve of a system for a spectrum.</summary>
/// <param name="System">The system.</param>
internal sealed record CurveCall(string? System);
