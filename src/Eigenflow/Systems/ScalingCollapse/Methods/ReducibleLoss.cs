namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Reducible losses must be positive: otherwise their quotients mean nothing.</summary>
internal static class ReducibleLoss
{
    /// <summary>The loss less the offset.</summary>
    /// <exception cref="ParameterException">Nothing is left of the loss.</exception>
    public static double Of(double loss, double offset) => loss > offset
        ? loss - offset
        : throw new ParameterException("offset", offset, DisplayText.Plain($"below every loss of the ladder, the smallest of which is {loss:G6}"), "the reducible loss must stay positive");

    /// <summary>The normalised curve.</summary>
    /// <param name="losses">The losses, the last of which is that at the end of the run.</param>
    /// <param name="end">Loss at the end of the run.</param>
    /// <param name="offset">What is subtracted too much.</param>
    public static double[] Normalized(double[] losses, double end, double offset)
    {
        var last = Of(end, offset);
        return [.. losses.Select(loss => Of(loss, offset) / last)];
    }
}
