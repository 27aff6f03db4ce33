namespace Eigenflow.Scaling;

/// <summary>How a law stands to a curve.</summary>
public enum LawStanding
{
    /// <summary>The residuals are such as noise leaves (or rounding, where there is no noise).</summary>
    Describes,

    /// <summary>The residuals are more than noise, and small: at most 2 %, and at most a hundredth of the spread of ln y.</summary>
    Approximates,

    /// <summary>The residuals are more than noise, and large.</summary>
    Departs,

    /// <summary>There are too few points to tell.</summary>
    Untested,
}
